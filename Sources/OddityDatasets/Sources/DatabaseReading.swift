/// What reads the rows of databases, see ``ReadingOptions/databases``.
///
/// The module `OddityDatabases` has one for SQLite, so that a program that reads no databases needs no library of theirs.
public struct DatabaseReading: Equatable, Sendable {
    private let name: String
    private let open: @Sendable (SQLitePath, _ path: String) throws -> any TextProducer

    /// - Parameters:
    ///   - name: What tells it from others.
    ///   - open: The rows of a database, as text; `path` is what errors call it.
    package init(
        name: String,
        open: @escaping @Sendable (SQLitePath, _ path: String) throws -> any TextProducer
    ) {
        (self.name, self.open) = (name, open)
    }

    /// Whether both read the same databases.
    public static func == (left: DatabaseReading, right: DatabaseReading) -> Bool {
        left.name == right.name
    }

    /// The rows of a database, as text.
    func rows(_ database: SQLitePath, path: String) throws -> any TextProducer {
        try open(database, path)
    }
}
