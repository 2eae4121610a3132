-- :without_sessions
delete from session

-- :without_setup
delete from setup

-- :without_traces  of what was just removed
vacuum
