"""How a plan (一企一策) advances, as dated data: which stage comes after which, on which paper; and what is missing."""
