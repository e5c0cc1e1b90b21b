-- how often rows that are listed together have changed: for each of four groups of kinds and 256 groups of lists eight rows
create table kernel_list_change (
    part    integer primary key,
    changes bigint not null
);
insert into kernel_list_change (part, changes)
with digit (d) as (values (0), (1), (2), (3), (4), (5), (6), (7))
select a.d * 4096 + b.d * 512 + c.d * 64 + e.d * 8 + f.d, 0
from digit a, digit b, digit c, digit e, digit f
where a.d < 2;
