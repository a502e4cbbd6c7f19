"""Where values come from: backwards over chains of values, calls, objects, fields and named stores of a program."""
