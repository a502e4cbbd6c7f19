"""The views `supply` and `supplied`: which app of the same handset gives a comparison the list that it takes outside.

`supply` has a row for each request of a comparison (`list_request`) × offer (`list_offer`) that answers it: the same
channel, way and handle; the same part, or an offer for any; open to the asking app: exported, its own, or of its shared
user id; addressed to it or to nobody. Another app's package has no offer: its asset or resource is taken by the asking
app itself, and the row says where. `facts`: of request and offer.

`supplied` has a row for each comparison × handset:

- `suppliers`: packages of the other apps; `handed`: in words, what each of them hands over and where that begins;
- `missing`: requests that no app of the handset answers, in words; `origins`, `addresses`: where the lists begin;
- `remote`: a server can change the words by way of some of them: yes, no or unknown.
"""

SUPPLY = """
CREATE VIEW supply AS
WITH shares AS (
    SELECT DISTINCT a.handset, a.package, b.package AS other
    FROM package a JOIN package b ON b.handset = a.handset AND b.shared_uid = a.shared_uid
    WHERE a.shared_uid <> ''
),
asked AS (
    SELECT c.fact, c.artefact, c.handset, c.package, r.fact AS request, r.channel, r.way, r.handle, r.part
    FROM list_request r
    JOIN comparison c ON c.comparison = r.comparison AND c.artefact = r.artefact AND c.handset = r.handset
),
met AS (
    SELECT a.fact, a.handset, a.package, a.channel, a.handle, a.part, a.request, o.package AS supplier,
        o.fact AS offer_fact, o.offer, o.artefact AS offer_artefact, o.place AS offer_place, o.origin, o.detail,
        o.terms, o.remote_content, o.gate, o.asks, o.access, o.unfollowed
    FROM asked a JOIN list_offer o ON o.handset = a.handset AND o.channel = a.channel AND o.handle = a.handle
    WHERE a.handle <> '' AND o.way IN ('', a.way) AND o.recipient IN ('', a.package)
        AND (o.part IN ('', a.part) OR (a.channel = 'provider' AND regexp_full_match(
            a.part, replace(replace(regexp_escape(o.part), '\\*', '[^/]+'), '\\#', '[0-9]+'))))
        AND (o.access <> 'closed' OR o.package = a.package
            OR EXISTS (SELECT 1 FROM shares s
                WHERE s.handset = a.handset AND s.package = a.package AND s.other = o.package))
)
SELECT *, [request, offer_fact] AS facts FROM met
UNION ALL
SELECT DISTINCT a.fact, a.handset, a.package, a.channel, a.handle, a.part, a.request, p.package, '', '', '', '', a.way,
    ['store:' || a.way || ':' || a.part], CAST([] AS VARCHAR[]), 'no', 'true', CAST([] AS VARCHAR[]), 'any',
    CAST([] AS VARCHAR[]), [a.request]
FROM asked a JOIN package p ON p.handset = a.handset AND p.package = a.handle WHERE a.channel = 'package'
"""
SUPPLIED = """
CREATE VIEW supplied AS
WITH asked AS (
    SELECT c.fact, c.handset, r.fact AS request, CASE r.handle WHEN '' THEN r.channel || ' of a name that is not known'
        ELSE r.channel || ' ' || r.handle || CASE r.part WHEN '' THEN '' ELSE '/' || r.part END END AS wanted,
        r.channel || ' ' || r.handle AS name,
        EXISTS (
            SELECT 1 FROM component p WHERE r.channel = 'provider' AND p.handset = r.handset
                AND list_contains(p.authorities, r.handle)
        ) AS declared,
        EXISTS (
            SELECT 1 FROM supply s WHERE s.fact = c.fact AND s.handset = c.handset AND s.channel = r.channel
                AND s.part = r.part AND (s.handle = r.handle OR r.channel = 'intent')
        ) AS answered
    FROM list_request r
    JOIN comparison c ON c.comparison = r.comparison AND c.artefact = r.artefact AND c.handset = r.handset
),
wanting AS (
    SELECT fact, handset, list_sort(list(DISTINCT wanted || CASE WHEN declared
            THEN ': an app of this handset declares it, and hands out no list that was found, or not to this app'
            ELSE ': no app of this handset hands it out' END)
        FILTER (NOT answered)) AS missing
    FROM asked GROUP BY fact, handset
),
given AS (
    SELECT fact, handset,
        list_sort(list(DISTINCT supplier) FILTER (supplier <> package)) AS suppliers,
        list_sort(list(DISTINCT supplier || ' by ' || channel || ' ' || handle || CASE part WHEN '' THEN ''
            ELSE '/' || part END || ': ' || origin
            || CASE WHEN gate = 'true' THEN '' ELSE ', behind ' || gate END
            || CASE WHEN len(unfollowed) = 0 THEN '' ELSE ', not followed: ' || array_to_string(unfollowed, '; ') END
        )) AS handed,
        list_sort(list(DISTINCT origin)) AS origins,
        list_sort(list_distinct(flatten(list([x FOR x IN detail IF starts_with(x, 'address:')])))) AS addresses,
        list_sort(list_distinct(flatten(list(facts)))) AS facts,
        CASE WHEN bool_or(remote_content = 'yes') THEN 'yes' WHEN bool_and(remote_content = 'no') THEN 'no'
            ELSE 'unknown' END AS remote
    FROM supply GROUP BY fact, handset
)
SELECT w.fact, w.handset, coalesce(g.suppliers, []) AS suppliers, coalesce(g.handed, []) AS handed,
    coalesce(w.missing, []) AS missing, coalesce(g.origins, []) AS origins, coalesce(g.addresses, []) AS addresses,
    coalesce(g.facts, []) AS facts,
    CASE WHEN g.remote = 'no' AND len(coalesce(w.missing, [])) > 0 THEN 'unknown' ELSE g.remote END AS remote
FROM wanting w LEFT JOIN given g ON g.fact = w.fact AND g.handset = w.handset
"""
SUPPLY_GATE = """
CREATE VIEW supply_gate AS
WITH levels AS (
    SELECT s.fact, s.handset, p.profile, s.offer,
        coalesce(list_position(['closed', 'unknown', 'open'], g."unset"), 3) AS "unset",
        coalesce(list_position(['no', 'unknown', 'yes'], g.server_opens), 3) AS server_opens,
        coalesce(list_position(['no', 'unknown', 'yes'], g.server_closes), 1) AS server_closes,
        coalesce(list_position(['no', 'unknown', 'yes'], g.user_opens), 3) AS user_opens
    FROM supply s
    CROSS JOIN (SELECT DISTINCT profile FROM offer_gate UNION SELECT DISTINCT profile FROM gate_truth) p
    LEFT JOIN offer_gate g ON g.offer = s.offer AND g.artefact = s.offer_artefact AND g.handset = s.handset
        AND g.profile = p.profile
)
SELECT fact, handset, profile, max("unset") AS "unset", max(server_opens) AS server_opens,
    min(server_closes) AS server_closes, max(user_opens) AS user_opens
FROM levels GROUP BY fact, handset, profile
"""
