# Every target makes its own environment in .venv when that is missing; python3 is all it needs.
TASKS = site serve build test check lock eval bench bench-search faults fuzz patterns rivals

.PHONY: $(TASKS)
$(TASKS):
	@python3 tools/dev.py $@ $(EVAL) $(ARGS)
