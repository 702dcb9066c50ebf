# make build   one static binary: ./biandan
# make test    all checks; installs what they need when it is missing (Debian)
# make codes   the code on every sheet of the demonstration site, read from the PDF
# make fuzz    every fuzz target for FUZZTIME
# make bench   speed and memory against Hugo and the floor; some minutes
# make pictures   the posters of README.md again; needs a browser and pdftoppm (poppler-utils)
# make licences   what "biandan version --licences" prints, after the modules have changed
# make clean

export CGO_ENABLED ?= 1
FUZZTIME ?= 30s

.PHONY: build test check needs codes fuzz bench pictures licences clean

build:
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w" -o biandan$(shell go env GOEXE) ./cmd/biandan

# A program with the race detector waits a second before it ends, should something still
# run and race; what a test begins ends with it, and there are forty programs of tests.
test: needs check
	GORACE=atexit_sleep_ms=0 go test -race -vet=off -timeout 12m ./...

# All packages are compiled once, as the tests need them: with the race detector. For
# other systems they only have to compile, so the compiler need not try hard.
check:
	@bad=$$(gofmt -l cmd generator themes); test -z "$$bad" || { echo "gofmt would change:"; echo "$$bad"; exit 1; }
	go vet -race ./...
	GOFLAGS=-race $$(go tool -n staticcheck) ./...
	GOOS=windows CGO_ENABLED=0 go build -gcflags "all=-N -l -dwarf=false" -o /dev/null ./...
	GOOS=darwin CGO_ENABLED=0 go build -gcflags "all=-N -l -dwarf=false" -o /dev/null ./...

# The race detector needs a C compiler; the browser tests need Chromium and
# Chinese fonts, and pdftoppm to look at what was printed. Elsewhere than on
# Debian install them by hand; without them their tests are skipped and say so.
needs:
	@missing=""; \
	command -v gcc >/dev/null || missing="$$missing gcc libc6-dev"; \
	command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$$missing chromium"; \
	command -v pdftoppm >/dev/null || missing="$$missing poppler-utils"; \
	fc-list 2>/dev/null | grep -q "Noto Sans CJK" || missing="$$missing fontconfig fonts-noto-cjk"; \
	if [ -n "$$missing" ] && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "installing$$missing"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	elif [ -n "$$missing" ]; then \
		echo "not installed:$$missing"; \
	fi

codes: needs
	go test ./generator/poster -timeout 30m -run TestCodesLeadToPages -v -every

fuzz:
	go test ./generator/personal -run '^$$' -fuzz FuzzFind -fuzztime $(FUZZTIME) -fuzzminimizetime 10x
	go test ./generator/digest -run '^$$' -fuzz FuzzEncoding -fuzztime $(FUZZTIME) -fuzzminimizetime 10x
	go test ./generator/frontmatter -run '^$$' -fuzz FuzzSplit -fuzztime $(FUZZTIME) -fuzzminimizetime 10x
	go test ./generator/datafile -run '^$$' -fuzz FuzzPositions -fuzztime $(FUZZTIME) -fuzzminimizetime 10x
	go test ./generator/site -run '^$$' -fuzz FuzzPermalink -fuzztime $(FUZZTIME) -fuzzminimizetime 10x
	go test ./generator/asset -run '^$$' -fuzz FuzzPrepareImage -fuzztime $(FUZZTIME) -fuzzminimizetime 10x
	go test ./generator/markup -run '^$$' -fuzz FuzzMarkdown -fuzztime $(FUZZTIME) -fuzzminimizetime 10x
	go test ./generator/build -run '^$$' -fuzz FuzzIncrementalEqualsClean -fuzztime $(FUZZTIME) -fuzzminimizetime 10x

# BENCH may have flags: make bench BENCH="-only again,edit -hugo=false"
bench:
	go run ./generator/bench $(BENCH)

pictures:
	@command -v pdftoppm >/dev/null || { echo "make pictures needs pdftoppm (on Debian: apt-get install poppler-utils)"; exit 3; }
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && \
	go run ./cmd/biandan print -q -o "$$dir" --sheet months/2026-07 --sheet months/2026-04 --sheet months/2026-02 --sheet months/2026-06 && \
	for of in 07:solemn 04:paper 02:festival 06:ink; do \
		pdftoppm -png -singlefile -scale-to-x 560 -scale-to-y -1 "$$dir/months/2026-$${of%%:*}.pdf" ".pictures/poster-$${of#*:}" || exit 1; \
	done

licences:
	go test ./cmd/biandan -run TestLicences -update

clean:
	rm -rf biandan biandan.exe
	git clean -qfdX public
