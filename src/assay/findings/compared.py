"""The view `compared`: each comparison of a handset under each profile assumed for it, with its grade and its lists.

One row for each comparison × artefact × handset × profile. Profiles are those of `assumed_profile`: the handset's own
and those asked for; a handset for which none is assumed has one row with an empty profile, and its gate is then what
all profiles agree on, else unknown. Beside columns of `comparison` and `gate_truth` stand

- `whose`: user, page, advertisement, other or unknown, by the origin of the text;
- `lists`: ids of term lists of the same handset that are the list of the comparison: named by file, asset or resource
  in the same package; given as an answer at the very address it is downloaded from, and kept by the package where it
  keeps any of them; or holding every entry that stands in the code. `names`, `files`: theirs, as the rules on lists
  give them;
- `list_begins`: where the list begins in the end: of one that is handed over its origin with the app that hands it
  out, where that is one and nothing is missing; else `list_origin`;
- `suppliers`, `handed`, `missing`, `handed_origins`, `handed_addresses`: of a list that other apps of the handset hand
  over, as `assay.findings.supplied` has them; its content, gate and lists count as those of the comparison, so that
  `remote_content`, the columns of the gate and `lists` speak of both apps;
- `in_state`: open or closed, of a handset's own profile, where the settings in its app data say so; else unknown. The
  grade does not follow it;
- `asks`: the variables of the gate, each with who controls it;
- `grade`: carried without a consequence, else dormant, reachable or ``dormant…reachable`` as the gate is closed, open
  or unknown before a server sent anything; ``carried…`` where the consequence could not be followed;
- `unresolved`: what keeps the two ends of such a grade apart;
- `subject`: package, list and id of the comparison.
"""

LISTS = """
CREATE VIEW compared_list AS
WITH named AS (
    SELECT DISTINCT c.fact, c.handset, c.package, unnest(c.list_detail) AS detail FROM comparison c
    WHERE NOT EXISTS (
        SELECT 1 FROM list_request r WHERE r.comparison = c.comparison AND r.artefact = c.artefact
            AND r.handset = c.handset AND r.channel = 'package'
    )
    UNION SELECT DISTINCT fact, handset, supplier, unnest(detail) FROM supply
),
spelled AS (
    SELECT fact, handset, package, list_terms FROM comparison
    UNION ALL SELECT fact, handset, supplier, terms FROM supply
),
kept AS (
    SELECT t.artefact, t.handset, t.list_id, t.name, t.place, o.locator, o.path,
        coalesce(
            nullif(regexp_extract(o.path, '(?:^|/)data/(?:data|user(?:_de)?/[0-9]+)/([A-Za-z0-9_.]+)/', 1), ''),
            list_sort(list_intersect(split(o.path, '/')[:-2], (SELECT list(DISTINCT package) FROM package)))[1],
            ''
        ) AS folder
    FROM term_list t JOIN on_phone o ON o.artefact = t.artefact AND o.handset = t.handset
    WHERE t."unique" > 0 AND EXISTS (SELECT 1 FROM comparison)
),
inside AS (
    SELECT k.*, p.package
    FROM kept k JOIN package_content p ON p.artefact = k.artefact AND p.handset = k.handset
),
asked AS (
    SELECT fact, handset, package, rtrim(split_part(regexp_replace(detail, '^address:', ''), '?', 1), '/') AS url
    FROM named WHERE regexp_matches(detail, '^address:https?://')
),
answered AS (
    SELECT r.handset, r.scheme || '://' || r.host || rtrim(r.path, '/') AS url, t.list_id, t.name
    FROM transfer r JOIN term_list t ON t.artefact = r.response_sha256 AND t.handset = r.handset
    WHERE t."unique" > 0
    UNION
    SELECT handset, rtrim(split_part(endpoint, '?', 1), '/'), list_id, name FROM list_version WHERE entries > 0
),
served AS (
    SELECT a.fact, a.handset, b.list_id, b.name, k.path
    FROM asked a JOIN answered b ON b.handset = a.handset AND b.url = a.url
    LEFT JOIN kept k ON k.handset = a.handset AND k.list_id = b.list_id AND k.folder = a.package
        AND NOT contains(k.locator, '!')
),
found AS (
    SELECT n.fact, n.handset, k.list_id, k.name, k.path
    FROM named n JOIN kept k ON k.handset = n.handset AND k.folder = n.package AND NOT contains(k.locator, '!')
    WHERE starts_with(n.detail, 'store:file:')
        AND ends_with('/' || k.path, '/' || ltrim(substr(n.detail, 12), './')) AND length(n.detail) > 12
    UNION
    SELECT n.fact, n.handset, i.list_id, i.name, i.path
    FROM named n JOIN inside i ON i.handset = n.handset AND i.package = n.package
    WHERE (starts_with(n.detail, 'store:asset:') AND length(n.detail) > 13
            AND ends_with(i.locator, '!zip:assets/' || substr(n.detail, 13)))
        OR (regexp_matches(n.detail, '^store:resource:[0-9]{1,10}$')
            AND starts_with(i.place, format('resource:0x{:08x}/', TRY_CAST(substr(n.detail, 16) AS BIGINT))))
    UNION
    SELECT c.fact, c.handset, i.list_id, i.name, i.path
    FROM spelled c JOIN inside i ON i.handset = c.handset AND i.package = c.package
    WHERE len(c.list_terms) >= 3 AND list_has_all(
        (SELECT list(e.text) FROM term e WHERE e.list_id = i.list_id AND e.handset = i.handset), c.list_terms)
    UNION
    SELECT fact, handset, list_id, name, coalesce(path, '') FROM served one
    WHERE path IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM served other
        WHERE other.fact = one.fact AND other.handset = one.handset AND other.path IS NOT NULL
    )
)
SELECT fact, handset, list_sort(list(DISTINCT list_id)) AS lists,
    list_sort(list(DISTINCT name) FILTER (name <> '')) AS names,
    list_sort(list(DISTINCT regexp_replace(regexp_extract(path, '[^/]*$'), '[.][A-Za-z0-9]{1,5}$', ''))
        FILTER (path <> '')) AS files
FROM found GROUP BY fact, handset
"""
COMPARED = """
CREATE VIEW compared AS
WITH own AS (
    SELECT c.fact, c.handset, coalesce(a.profile, '') AS profile, list(g.fact) FILTER (g.fact IS NOT NULL) AS told,
        CASE WHEN count(DISTINCT g."unset") = 1 THEN max(g."unset") ELSE 'unknown' END AS "unset",
        CASE WHEN count(DISTINCT g.server_opens) = 1 THEN max(g.server_opens) ELSE 'unknown' END AS server_opens,
        CASE WHEN count(DISTINCT g.server_closes) = 1 THEN max(g.server_closes) ELSE 'unknown' END AS server_closes,
        CASE WHEN count(DISTINCT g.user_opens) = 1 THEN max(g.user_opens) ELSE 'unknown' END AS user_opens
    FROM comparison c LEFT JOIN assumed_profile a ON a.handset = c.handset
    LEFT JOIN gate_truth g ON g.comparison = c.comparison AND g.artefact = c.artefact AND g.handset = c.handset
        AND g.profile = coalesce(a.profile, g.profile)
    GROUP BY c.fact, c.handset, a.profile
),
handing AS (
    SELECT o.fact, o.handset, o.profile, CASE WHEN max(len(s.missing)) > 0 THEN 2 ELSE 1 END AS least,
        CASE WHEN count(DISTINCT g."unset") = 1 THEN max(g."unset") ELSE 2 END AS "unset",
        CASE WHEN count(DISTINCT g.server_opens) = 1 THEN max(g.server_opens) ELSE 2 END AS server_opens,
        CASE WHEN count(DISTINCT g.server_closes) = 1 THEN max(g.server_closes) ELSE 2 END AS server_closes,
        CASE WHEN count(DISTINCT g.user_opens) = 1 THEN max(g.user_opens) ELSE 2 END AS user_opens
    FROM own o JOIN supply_gate g ON g.fact = o.fact AND g.handset = o.handset
        AND g.profile = coalesce(nullif(o.profile, ''), g.profile)
    JOIN supplied s ON s.fact = o.fact AND s.handset = o.handset
    GROUP BY o.fact, o.handset, o.profile
),
truth AS (
    SELECT o.fact, o.handset, o.profile, o.told,
        ['closed', 'unknown', 'open'][least(list_position(['closed', 'unknown', 'open'], o."unset"),
            coalesce(greatest(h."unset", h.least), 3))] AS "unset",
        ['no', 'unknown', 'yes'][least(list_position(['no', 'unknown', 'yes'], o.server_opens),
            coalesce(greatest(h.server_opens, h.least), 3))] AS server_opens,
        ['no', 'unknown', 'yes'][greatest(list_position(['no', 'unknown', 'yes'], o.server_closes),
            coalesce(least(h.server_closes, CASE h.least WHEN 2 THEN 2 ELSE 3 END), 1))] AS server_closes,
        ['no', 'unknown', 'yes'][least(list_position(['no', 'unknown', 'yes'], o.user_opens),
            coalesce(greatest(h.user_opens, h.least), 3))] AS user_opens
    FROM own o LEFT JOIN handing h ON h.fact = o.fact AND h.handset = o.handset AND h.profile = o.profile
),
lost AS (
    SELECT u.comparison, u.artefact, u.handset,
        list_sort(list(DISTINCT u.costs || ': ' || u.reason) FILTER (u.costs = 'gate')) AS of_gate,
        list_sort(list(DISTINCT u.costs || ': ' || u.reason) FILTER (u.costs = 'consequence')) AS of_consequence
    FROM unfollowed_edge u GROUP BY u.comparison, u.artefact, u.handset
),
asking AS (
    SELECT v.comparison, v.artefact, v.handset,
        list_sort(list(DISTINCT v.variable || ' (' || v.controller || ')')) AS asks
    FROM gate_variable v GROUP BY v.comparison, v.artefact, v.handset
),
standing AS (
    SELECT s.comparison, s.artefact, s.handset, h.profile,
        CASE WHEN bool_and(list_contains(s.open_in, h.profile)) THEN 'open'
            WHEN bool_and(list_contains(s.closed_in, h.profile)) THEN 'closed' ELSE 'unknown' END AS in_state
    FROM gate_in_state s JOIN handset h ON h.name = s.handset
    WHERE s.on_handset = s.handset AND s.kind = 'settings' AND h.profile <> ''
    GROUP BY s.comparison, s.artefact, s.handset, h.profile
),
rows AS (
    SELECT c.*, coalesce(g.in_state, 'unknown') AS in_state,
        coalesce(v.asks, []) AS asks, t.profile, t."unset", t.server_opens, t.server_closes, t.user_opens,
        list_concat([c.fact], coalesce(t.told, []), coalesce(f.facts, [])) AS facts,
        coalesce(f.suppliers, []) AS suppliers, coalesce(f.handed, []) AS handed, coalesce(f.missing, []) AS missing,
        coalesce(f.origins, []) AS handed_origins, coalesce(f.addresses, []) AS handed_addresses,
        CASE WHEN len(coalesce(f.origins, [])) = 1 AND len(f.missing) = 0 THEN f.origins[1] ELSE c.list_origin
            END AS list_begins,
        CASE WHEN c.remote_content = 'yes' THEN 'yes' ELSE coalesce(f.remote, c.remote_content) END AS remote,
        coalesce(l.lists, []) AS lists, coalesce(l.names, []) AS names, coalesce(l.files, []) AS files,
        coalesce(e.of_gate, []) AS of_gate, coalesce(e.of_consequence, []) AS of_consequence,
        CASE t."unset" WHEN 'open' THEN 'reachable' WHEN 'closed' THEN 'dormant' ELSE 'dormant…reachable' END AS gated,
        CASE WHEN c.text_origin IN ('url', 'page') THEN 'page'
            WHEN c.text_origin IN ('unknown', 'advertisement') THEN c.text_origin
            WHEN c.text_origin IN ('feed', 'push', 'packages', 'device', 'cookie') THEN 'other' ELSE 'user' END AS whose
    FROM comparison c JOIN truth t ON t.fact = c.fact AND t.handset = c.handset
    LEFT JOIN compared_list l ON l.fact = c.fact AND l.handset = c.handset
    LEFT JOIN asking v ON v.comparison = c.comparison AND v.artefact = c.artefact AND v.handset = c.handset
    LEFT JOIN supplied f ON f.fact = c.fact AND f.handset = c.handset
    LEFT JOIN standing g ON g.comparison = c.comparison AND g.artefact = c.artefact AND g.handset = c.handset
        AND g.profile = t.profile
    LEFT JOIN lost e ON e.comparison = c.comparison AND e.artefact = c.artefact AND e.handset = c.handset
    QUALIFY row_number() OVER (
        PARTITION BY c.artefact, c.handset, t.profile, c.comparison ORDER BY c.fact
    ) = 1
)
SELECT artefact, handset, profile, comparison, fact, facts, package, class_name, method, code_offset, api, operator,
    folding, entry, chain, list_origin, list_detail, list_terms, lists, names, files, text_origin, text_detail, whose,
    consequences, message, gate, asks, remote AS remote_content, list_begins, suppliers, handed, missing,
    handed_origins, handed_addresses, remote_switch, path_shown, unknowns,
    "unset", server_opens, server_closes, user_opens, in_state,
    CASE WHEN len(consequences) > 0 THEN gated WHEN len(of_consequence) = 0 THEN 'carried'
        ELSE 'carried…' || regexp_replace(gated, '^.*…', '') END AS grade,
    CASE WHEN len(consequences) = 0 AND len(of_consequence) > 0 THEN of_consequence
        WHEN len(consequences) = 0 OR "unset" <> 'unknown' THEN []
        WHEN len(of_gate) > 0 THEN of_gate
        ELSE ['gate: a value that is not known under this profile'] END AS unresolved,
    package || ' · ' || CASE WHEN len(lists) > 0 THEN lists[1] ELSE 'list: ' || list_origin END || ' · ' || comparison
        AS subject
FROM rows
"""
