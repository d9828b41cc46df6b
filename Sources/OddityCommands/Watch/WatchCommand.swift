internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityRecords

/// `oddity watch`.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Score the rows of series as they come, and raise alarms.",
        discussion: """
            DATA is CSV or one flat JSON object a line. Each row is scored as soon as its line is \
            complete, with the scores that oddity score gives. What is written, one JSON object a \
            line:

              {"row":1,…}                   a row, as oddity score writes it
              {"event":"alarm-opened",…}    odd rows became an alarm
              {"event":"alarm-closed",…}    enough normal rows ended it
              {"event":"missing-values",…}  columns have been missing for too long to score rows
              {"event":"values-back",…}     they are back
              {"event":"silence",…}         nothing came for --silence seconds

            An alarm has the rows and times of its start, end and peak, its rows, its severity (the \
            sum of what scores exceed the closing threshold by), and the columns with the largest \
            mean share of the error; its scores are those against the present level of the series (--adapt), and one \
            that ends as the series stays at a new level has "new_level":true. Where far more rows are odd than was asked, or \
            columns hold what the training never had, a note on standard error says so once. Bad rows are reported on standard error, left out, and not \
            counted as rows.

            With --state FILE it goes on where it was stopped: alarms stay open, and of a file the \
            bytes read and written are remembered, so that no row is lost or repeated in the output, \
            even after a crash. From standard input it goes on with the bytes that come.

            SIGTERM, SIGINT and SIGHUP end it in an orderly way, with exit code 0; a second one ends it at \
            once.
            """
    )

    @Argument(help: "The model of series that fit wrote.")
    var model: String

    @Argument(help: "The rows: a file, or - for standard input.")
    var data = "-"

    @Flag(help: "Wait for more rows at the end of the file, also when it is replaced or cut off.")
    var follow = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write (default: standard output).", valueName: "file")
    )
    var output: String?

    @Option(help: "ndjson, or csv for rows without events.")
    var format = WatchFormat.ndjson

    @Option(
        help: ArgumentHelp(
            "Where to write the events, one JSON object a line (default: among the rows).",
            valueName: "file"
        )
    )
    var events: String?

    @Flag(help: "Write events only, and no rows.")
    var onlyEvents = false

    @Option(
        help: ArgumentHelp(
            "How many columns to name as reasons of each row and alarm.",
            valueName: "count"
        )
    )
    var reasons = 3

    @OptionGroup(title: "Decision") var decision: DecisionArguments
    @OptionGroup(title: "Decision") var following: AdaptationArguments
    @OptionGroup(title: "Decision") var alarms: AlarmArguments

    @Option(
        help: ArgumentHelp(
            "Tell when nothing has come for this long, once for each silence.",
            valueName: "seconds"
        )
    )
    var silence: Double?

    @Option(
        help: ArgumentHelp(
            "Where to keep what is remembered, to go on with later.",
            valueName: "file"
        )
    )
    var state: String?

    @Option(help: ArgumentHelp("How often the state is kept (default: 60).", valueName: "seconds"))
    var saveEvery: Double?

    @Flag(help: "End with exit code 65 at the first bad row.")
    var strict = false

    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup var threads: ThreadArguments

    /// The options that say what is written, as a state knows them.
    var form: String {
        "--format \(format.rawValue)" + (onlyEvents ? " --only-events" : " --reasons \(reasons)")
    }

    func validate() throws {
        for file in [output, events, state] {
            try checkOutput(file, isNoneOf: [model, data])
        }
        guard !haveOneTarget([output, events, state]) else {
            throw ValidationError("--output, --events and --state are different files")
        }
        if let option = reading.firstGiven(
            but: "--input-format",
            "--delimiter",
            "--header",
            "--no-header",
            "--missing"
        ) {
            throw ValidationError("\(option) is for files, and rows are read here as they come")
        }
        if let format = reading.inputFormat, format != .delimited, format != .jsonLines {
            throw ValidationError(
                "rows are read here as they come: --input-format takes delimited or json-lines"
            )
        }
        guard state != "-" else { throw ValidationError("--state takes a file") }
        guard saveEvery == nil || state != nil else {
            throw ValidationError("--save-every needs --state, the file to keep it in")
        }
        guard (0...1000).contains(reasons) else {
            throw ValidationError("--reasons takes a count from 0 to 1000")
        }
        guard !follow || data != "-" else {
            throw ValidationError("--follow takes a file; standard input is waited for anyway")
        }
        guard !onlyEvents || format == .ndjson else {
            throw ValidationError("--only-events writes no rows, so it takes no --format csv")
        }
        guard !onlyEvents || output == nil || events == nil else {
            throw ValidationError("with --only-events, give one of --output and --events")
        }
        for (name, value) in [("--silence", silence), ("--save-every", saveEvery)] {
            guard let value, !(value > 0 && value <= 1e6) else { continue }
            throw ValidationError("\(name) takes seconds above 0, at most 1000000")
        }
    }

    func run() throws {
        try CommandFailure.reporting(file: data) {
            try refuseModel(data)
            guard case .series(var detector) = try readModel(model) else {
                throw MisplacedFile(
                    description: "\(model): this model judges rows or images that stand alone; "
                        + "watch takes a model of series, see oddity fit --time"
                )
            }
            decision.apply(to: &detector.decisionRule)
            alarms.apply(to: &detector.alarms)
            Notices.show(detector.unreachableRate)
            let session = try WatchSession(self, detector)
            try session.run()
        }
    }
}
