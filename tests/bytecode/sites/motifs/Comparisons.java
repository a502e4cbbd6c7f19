import java.util.*;
import java.util.regex.*;
/** Prints what the JVM says of texts and entries: run with java 17, the output is comparisons.json. */
public class Comparisons {
  static String q(String s){StringBuilder b=new StringBuilder("\"");for(char c:s.toCharArray()){if(c<32||c>126||c=='"'||c=='\\')b.append(String.format("\\u%04x",(int)c));else b.append(c);}return b.append('"').toString();}
  public static void main(String[] a){
    String[] texts={"a red car","RED","red","Straße","STRASSE","strasse","İstanbul","istanbul","ISTANBUL","ıstanbul","\u212Aelvin","kelvin","σίσυφος","ΣΊΣΥΦΟΣ","x\ud83d\ude00y","\ud83d\ude00","\ud801\udc00","\ud801\udc28","","red ","\u00a0red\u2003"," \tred\n","café","cafe\u0301","禁词","有禁词在内","ǅ","ǆ","ſ","S"};
    String[] entries={"red","Red","","ß","ss","SS","İ","i","ı","I","k","K","ς","Σ","\ud83d\ude00","\ude00","\ud83d","\ud801\udc28","\ud801\udc00","é","禁词","ǆ","s","car","a red car","istanbul","straße","strasse"};
    List<String> rows=new ArrayList<>();
    for(String t:texts)for(String e:entries){
      StringBuilder r=new StringBuilder();
      r.append(t.contains(e)?1:0).append(t.indexOf(e)>=0?1:0).append(t.equals(e)?1:0).append(t.equalsIgnoreCase(e)?1:0).append(t.compareTo(e)==0?1:0).append(t.compareToIgnoreCase(e)==0?1:0).append(t.startsWith(e)?1:0).append(t.endsWith(e)?1:0);
      boolean reg=false;for(int i=0;i+e.length()<=t.length();i++)if(t.regionMatches(true,i,e,0,e.length()))reg=true;
      r.append(reg?1:0).append(Set.of(e).contains(t.trim())?1:0).append(t.toLowerCase(Locale.ROOT).contains(e.toLowerCase(Locale.ROOT))?1:0).append(t.toUpperCase(Locale.ROOT).equals(e.toUpperCase(Locale.ROOT))?1:0).append(!t.replace(e,"").equals(t)?1:0);
      r.append(Pattern.compile(Pattern.quote(e)).matcher(t).find()?1:0).append(t.matches(".*"+Pattern.quote(e)+".*")?1:0);
      rows.add("["+q(t)+","+q(e)+",\""+r+"\"]");
    }
    String[] pats={"red|green","r.d","^red$","[a-z]+","\\d+","re*d","(red|blue) car","\\w+","\\s","a\\.b","[^r]ed","red?"};
    String[] pt={"red","a red car","r\nd","ab","a.b","123","\u0661","é","rd","green","blue car","re","bed"," ",""};
    List<String> pr=new ArrayList<>();
    for(String p:pats)for(String t:pt){Matcher m=Pattern.compile(p).matcher(t);Matcher i=Pattern.compile(p,Pattern.CASE_INSENSITIVE).matcher(t.toUpperCase(Locale.ROOT));
      pr.add("["+q(t)+","+q(p)+",\""+(m.matches()?1:0)+(m.reset().find()?1:0)+(i.find()?1:0)+"\"]");}
    System.out.println("{\"texts\":[\n"+String.join(",\n",rows)+"],\n\"patterns\":[\n"+String.join(",\n",pr)+"]}");
  }
}
