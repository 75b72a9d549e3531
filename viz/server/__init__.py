"""The local web server: packs, search and Cypher as a documented API; pages are added to it as routers."""
