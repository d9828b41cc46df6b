internal import OddityFiles
internal import OddityPlatform

/// The files behind a folder, a pattern such as `day-*.csv`, or any other path.
public enum TableFiles {
    private static let endings: Set<String> = [
        "csv", "tsv", "tab", "txt", "json", "jsonl", "ndjson",
    ]
    private static let compressed: Set<String> = ["gz", "zst", "zstd"]

    /// Whether a folder has files that end as tables do, such as `.csv`, `.jsonl` or `.csv.gz`.
    public static func areIn(folder path: String) -> Bool {
        guard path != "-", Folder.kind(of: path) == .folder else { return false }
        return (try? names(in: path))?.isEmpty == false
    }

    /// Whether a file of a folder is read by its name.
    public static func isTable(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        var parts = name.lowercased().split(separator: ".").dropFirst()
        if let last = parts.last, compressed.contains(String(last)) { parts.removeLast() }
        return parts.last.map { endings.contains(String($0)) } == true
    }

    /// Whether a file would be read for a pattern, once it is there.
    public static func isMatched(_ path: String, by pattern: String) -> Bool {
        guard isPattern(pattern), Folder.kind(of: pattern) == nil else { return false }
        if fnmatch(pattern, path, FNM_PATHNAME | FNM_PERIOD) == 0 { return true }
        // The folder may be spelled in another way.
        let (folder, name) = splitPath(path)
        let (place, names) = splitPath(pattern)
        guard let one = Folder.resolved(folder.isEmpty ? "." : folder),
            let other = Folder.resolved(place.isEmpty ? "." : place)
        else { return false }
        return one == other && fnmatch(names, name, FNM_PERIOD) == 0
    }

    private static func isPattern(_ path: String) -> Bool {
        path != "-" && path.contains { "*?[".contains($0) } && SQLitePath.file(in: path) == nil
    }

    /// The files that are read for a path; the path itself where it is none of several.
    public static func behind(_ path: String) -> [String] {
        if let file = SQLitePath.file(in: path) { return [file] }
        return (try? several(path)) ?? [path]
    }

    /// The files of a folder or a pattern, ordered by name, numbers by their value; nil for another path.
    ///
    /// - Throws: ``DatasetError`` if there are none, or the folder cannot be read.
    static func several(_ path: String) throws(DatasetError) -> [String]? {
        guard path != "-" else { return nil }
        switch Folder.kind(of: path) {
        case .folder:
            let names = try names(in: path)
            guard !names.isEmpty else {
                throw DatasetError(
                    .noRows,
                    "the folder has no files of tables, which end in .csv, .tsv, .txt, .json, .jsonl or .ndjson"
                        + " (also .gz, .zst); name the files: '\(path)/*'",
                    at: DataLocation(file: path)
                )
            }
            let folder = path.hasSuffix("/") ? path : path + "/"
            return names.map { folder + $0 }
        case nil where isPattern(path):
            let found = matches(path)
            guard !found.isEmpty else {
                throw DatasetError(
                    .notFound,
                    "no file matches; check the path",
                    at: DataLocation(file: path)
                )
            }
            return found
        default: return nil
        }
    }

    private static func names(in path: String) throws(DatasetError) -> [String] {
        let all: [String]
        do {
            all = try Folder(path: path).names()
        } catch {
            throw DatasetError(error)
        }
        return ordered(
            all.filter { isTable($0) && Folder.kind(of: path + "/" + $0) == .file }
        )
    }

    /// The files that a pattern matches.
    private static func matches(_ pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, 0, nil, &found) == 0 else { return [] }
        var paths: [String] = []
        for index in 0..<Int(found.gl_pathc) {
            guard let path = found.gl_pathv[index] else { continue }
            paths.append(String(cString: path))
        }
        return ordered(paths.filter { Folder.kind(of: $0) == .file })
    }

    /// By name, where `day-2` is before `day-10`.
    private static func ordered(_ names: [String]) -> [String] {
        let keys = names.map { (name: $0, parts: parts(of: $0)) }
        return keys.sorted { left, right in
            for (one, other) in zip(left.parts, right.parts) where one != other {
                return one < other
            }
            return left.parts.count < right.parts.count
        }.map(\.name)
    }

    /// Runs of digits and what is between them; a run has its length in front, so that it compares as a number.
    private static func parts(of name: String) -> [String] {
        var parts: [String] = []
        var digits: [Character] = []
        func close() {
            guard !digits.isEmpty else { return }
            let number = digits.drop { $0 == "0" }
            let length = String(number.count)
            parts.append(
                String(repeating: "0", count: max(0, 4 - length.count)) + length + String(number)
            )
            digits = []
        }
        for character in name {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else {
                close()
                parts.append(String(character))
            }
        }
        close()
        return parts
    }
}
