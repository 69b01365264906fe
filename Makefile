# make lab       open the course in JupyterLab            make demo      grade an example class
# make test      what every change must pass              make test-quick  the quick ones, under a minute
# make test-nightly    what costs more: kills of the grader itself, rare events and options
# make lint      style, and that notebooks are stripped   make release   students' notebooks from source/
# make student   the students' bundle, in dist/       make solutions solved notebooks, with outputs
# make mutants   every mutant, pair of mistakes, rewriting, damaged file: no sample (long)
# make bench     how fast a class is graded, beside stock nbgrader
# make bench-widgets   how soon demos follow a key    make npm       what browser tests need of npm
# make architecture    docs/architecture.svg, from the code's own imports
# make docs            the site of docs/ into build/docs, for a browser and for no network
.PHONY: lab demo test test-others test-demos test-weeks test-nightly test-quick lint release student solutions mutants install bench bench-widgets npm architecture docs
.DEFAULT_GOAL := lab

RUN := .venv/bin/python -m
# where Python may not keep what it compiled, each of hundreds of processes compiles all anew
unexport PYTHONDONTWRITEBYTECODE
UNITS := $(notdir $(wildcard source/*))
CLASS := example-class

lab: .venv/ready ; $(RUN) course.lab $(LAB)

demo: .venv/ready ; $(RUN) autograder demo 05_two_layer --students 24 --seed 1 --course-root $(CLASS)

# What drives a browser waits more than it computes: demos, and what people do with nbgrader, run
# beside all others, a browser each. What fails of them there is tried once more, alone. What looks
# at the clock comes last: more processes than cores are at work before.
test: .venv/ready
	rm -rf build/tests
	$(MAKE) --no-print-directory --jobs=3 $(SYNC) test-others test-demos test-weeks
	for failed in build/tests/failed-*; do test ! -e $$failed || \
	    $(RUN) pytest -m browser -o cache_dir=build/tests/$${failed#*failed-} \
	        --last-failed --last-failed-no-failures=none || exit 1; done
	$(RUN) pytest -m "alone and not nightly"

test-others: .venv/ready
	$(RUN) pytest -m "not (browser or nightly or alone)" --numprocesses=4 --dist=loadfile

test-demos: with := not nbgrader
test-weeks: with := nbgrader
test-demos test-weeks: .venv/ready
	mkdir -p build/tests
	$(RUN) pytest -m "browser and $(with) and not nightly" -o cache_dir=build/tests/$@ || touch build/tests/failed-$@

# what each says stays together, where make can
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

test-nightly: .venv/ready
	$(RUN) pytest -m nightly

# one thread of the linear algebra in each process, or they wait for each other
test test-others test-demos test-weeks test-nightly test-quick mutants: export OPENBLAS_NUM_THREADS = 1
test-quick: .venv/ready
	$(RUN) pytest -m "not (slow or more or nbgrader or browser or nightly or alone)" --numprocesses=2 --dist=loadfile

mutants: .venv/ready
	$(RUN) pytest --numprocesses=2 --dist=loadfile --all-mutants --timeout=7200 \
	    tests/proof/test_mutants.py tests/proof/test_planted.py tests/proof/test_rewritten.py \
	    tests/autograder/mending/test_fuzz.py tests/autograder/run/test_fuzzed_class.py

lint: .venv/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) nbstripout --verify --keep-id source/*/*.ipynb release/*/*.ipynb autograder/report/*.ipynb

release: .venv/ready ; for unit in $(UNITS); do $(RUN) autograder release $$unit || exit 1; done

solutions: .venv/ready ; for unit in $(UNITS); do $(RUN) autograder solve $$unit || exit 1; done

bench: .venv/ready ; $(RUN) tests.autograder.bench

bench-widgets: .venv/ready ; $(RUN) tests.browser.bench_widgets

architecture: .venv/ready ; $(RUN) tests.house.architecture

# -E: read anew, since pages are made from the code; -n and -W: a reference that leads nowhere
# is an error; --keep-going: all of them are said
docs: .venv/ready
	$(RUN) sphinx -E -n -W --keep-going --quiet -d build/doctrees docs build/docs
	@echo "Open build/docs/index.html in a browser."

npm: tests/browser/node_modules/.package-lock.json

student: .venv/ready ; $(RUN) autograder student

install: .venv/ready

# The stamp is what everything waits for: it is made once, and again when the packages change.
# pip would compile on one core, and some packages hold files that no Python compiles.
.venv/ready: pyproject.toml constraints.txt
	@test -x .venv/bin/python || { python=$$(sh .ci/find-python $(PYTHON)) && $$python -m venv .venv; }
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile \
	    --constraint constraints.txt --editable '.[instructors,develop]'
	.venv/bin/python -m compileall -qq -j 0 .venv/lib/python*/site-packages || true
	touch $@

# pinned in package.json; without it the tests that need it are skipped, and say so
tests/browser/node_modules/.package-lock.json: tests/browser/package.json
	npm install --prefix tests/browser --ignore-scripts --no-audit --no-fund --no-package-lock \
	    --fetch-retries=1 --fetch-timeout=30000
	touch $@
