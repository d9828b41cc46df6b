internal import ArgumentParser
internal import OddityDatasets
internal import OddityRecords

/// What columns are used as, where that should not be found out from the file.
struct ColumnArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Columns to leave out, by name: a,b,c.", valueName: "names"))
    var ignore: [String] = []

    @Option(help: ArgumentHelp("The column of known answers; it is left out.", valueName: "name"))
    var label: String?

    @Option(help: ArgumentHelp("Columns to read as categories.", valueName: "names"))
    var categorical: [String] = []

    @Option(help: ArgumentHelp("Columns to read as numbers.", valueName: "names"))
    var numeric: [String] = []

    @Option(
        help: ArgumentHelp(
            "Columns of dates or times, of which the hour, the weekday and the month are used: a,b,c.",
            valueName: "names"
        )
    )
    var timeFeatures: [String] = []

    @Option(
        help: ArgumentHelp(
            "What columns are used as, as inspect --json printed it, instead of finding it out; columns that it does not have are left out.",
            valueName: "file"
        )
    )
    var schema: String?

    @Flag(
        help:
            "Stop where a column looks like numbers and cannot be read as such, or most columns are left out."
    )
    var strict = false

    /// The schema that was given.
    ///
    /// - Throws: the exit code, once the reason is told.
    func pinnedSchema() throws -> Schema? {
        guard let schema else { return nil }
        return try CommandFailure.reporting(file: schema) { try SchemaFile.read(schema) }
    }

    /// Names of columns in arguments such as `a,b,c`.
    static func names(_ arguments: [String]) -> [String] {
        arguments.flatMap { $0.split(separator: ",") }.map { name in
            var name = name.drop { $0 == " " }
            while name.last == " " { name.removeLast() }
            return String(name)
        }
    }
}
