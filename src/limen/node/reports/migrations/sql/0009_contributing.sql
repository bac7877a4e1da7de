-- As before, and not while the viewer's agency does not contribute what the community asks (sharing/contributing.py):
-- then those of the community's audiences that name it are counted one by one.
CREATE OR REPLACE FUNCTION reports_sees_community() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_officer o JOIN sharing_role r ON r.role = ANY (o.roles)
                   WHERE o.id = sharing_viewer() AND r."foreign" & 1 <> 0)
        AND (coalesce(current_setting('limen.markings', true), '') = ''
             OR string_to_array(current_setting('limen.markings', true), ',') @> ARRAY['clear', 'green'])
        AND sharing_open()
$$;
