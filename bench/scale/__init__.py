"""Past one machine: what a town, a département and France would ask of AWS, and pay.

`make simulate` runs the real routes on moto and counts what they ask; hashes the real keys
into partitions; draws the arrivals of a day, of an evening and of a news event; and writes
its tables and its picture into docs/. The same seed gives the same figures.
"""
