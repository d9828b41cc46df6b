internal import OddityFiles

/// A path that names rows of an SQLite database: `data.sqlite`, `data.sqlite?table=readings` or `data.sqlite?query=SELECT …`.
package struct SQLitePath: Sendable {
    /// Which rows of the database are meant.
    package enum Request: Equatable, Sendable {
        /// Those of its only table.
        case only
        case table(String)
        case query(String)
    }

    package let file: String
    package let request: Request

    /// Takes a path apart; nil where it leads to no database and names no rows of one.
    ///
    /// - Throws: ``DatasetError`` where rows of a database are named, and the file is none.
    init?(_ path: String) throws(DatasetError) {
        guard path != "-" else { return nil }
        if let kind = Folder.kind(of: path) {
            guard kind == .file, Self.isDatabase(path) else { return nil }
            (file, request) = (path, .only)
            return
        }
        guard let (file, request) = Self.parts(path) else { return nil }
        guard let kind = Folder.kind(of: file) else {
            throw DatasetError(
                .notFound,
                "no such file or folder; check the path",
                at: DataLocation(file: file)
            )
        }
        guard kind == .file, Self.isDatabase(file) else {
            throw DatasetError(
                .otherFormat,
                "?table= and ?query= name rows of an SQLite database, and this is none",
                at: DataLocation(file: file)
            )
        }
        (self.file, self.request) = (file, request)
    }

    /// The file that a path names rows of, whether or not it is there; nil for other paths.
    static func file(in path: String) -> String? {
        path == "-" || Folder.kind(of: path) != nil ? nil : parts(path)?.file
    }

    private static func parts(_ path: String) -> (file: String, request: Request)? {
        for (mark, make) in [("?table=", Request.table), ("?query=", Request.query)] {
            let bytes = Array(path.utf8)
            let wanted = Array(mark.utf8)
            guard bytes.count > wanted.count else { continue }
            let start = bytes.indices.first { bytes[$0...].starts(with: wanted) }
            guard let start, start > 0 else { continue }
            let file = String(decoding: bytes[..<start], as: UTF8.self)
            return (file, make(String(decoding: bytes[(start + wanted.count)...], as: UTF8.self)))
        }
        return nil
    }

    private static func isDatabase(_ path: String) -> Bool {
        guard let file = try? InputFile(path: path, requiresRegularFile: true),
            let prefix = try? file.prefix(ForeignFormat.prefixSize)
        else { return false }
        return ForeignFormat(prefix) == .sqlite
    }
}
