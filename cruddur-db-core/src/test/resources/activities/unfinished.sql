select 1 from
  "open