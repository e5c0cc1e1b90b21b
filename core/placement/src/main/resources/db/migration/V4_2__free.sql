-- what the scheduler looks for, in the order in which it takes it: the emptiest providers are read, not all of them
alter table placement_inventory add column free bigint generated always as (capacity - used) ${stored};
drop index placement_inventory_class;
create index placement_inventory_free on placement_inventory (resource_class, free, provider_id);
