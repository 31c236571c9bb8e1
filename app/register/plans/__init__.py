"""Plans of firms (一企一策): advanced stage by stage on their papers; their measures, what is missing and late."""
