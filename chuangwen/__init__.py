"""chuangwen 创文: the creation work 文明创建 of an office, its units and its sites, in one loop."""
