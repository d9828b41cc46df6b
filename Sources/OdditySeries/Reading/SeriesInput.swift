internal import OddityArrays
internal import OddityFiles

/// What a path holds that a series can be read from.
public enum SeriesInput: Equatable, Sendable {
    /// An array of one or two dimensions, see ``ArraySeries``.
    case array
    /// Delimited text or JSON lines, or anything else that is left to the reader of tables to refuse.
    case table
    /// The files of a folder that end as one of the above, by their paths, ordered by name.
    case folder([String])

    /// The endings of the files of a folder that are read.
    static let extensions: Set<String> = [
        "csv", "tsv", "txt", "npy", "npz", "json", "jsonl", "ndjson", "gz",
    ]

    /// Finds out what a path holds by its first bytes; its name says nothing.
    ///
    /// Standard input (`-`), pipes and what cannot be opened are tables: nothing is read from them.
    public static func kind(of path: String) -> SeriesInput {
        switch path == "-" ? nil : Folder.kind(of: path) {
        case .folder: return .folder((try? files(in: path)) ?? [])
        case .file: return kind(ofFile: path)
        default: return .table
        }
    }

    private static func kind(ofFile path: String) -> SeriesInput {
        guard let file = try? InputFile(path: path, requiresRegularFile: true),
            let prefix = try? file.prefix(prefixSize)
        else { return .table }
        if ArrayFormat(prefix) != nil {
            if let shape = ArrayFile.shape(path, for: .series) {
                return 1...2 ~= shape.count ? .array : .table
            }
            // An array whose header is wrong is no table either.
            return [.gzip, .zip].contains(ArrayFormat(prefix)) ? .table : .array
        }
        return .table
    }

    private static let prefixSize = 4_096

    private static func files(in path: String) throws(FileError) -> [String] {
        try Folder(path: path).names().compactMap { name in
            let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
            let file = path + "/" + name
            return extensions.contains(ending) && Folder.kind(of: file) == .file ? file : nil
        }
    }
}
