-- Documents that were erased: nobody makes them again.
CREATE TABLE erased (document BYTES PRIMARY KEY, at BIGINT NOT NULL);
