package import OddityFiles
internal import OddityPlatform

/// Draws SVG into pixels by the program `rsvg-convert` of librsvg, where that is installed.
package struct SVGRasterizer {
    /// What the program is called.
    package static let program = "rsvg-convert"
    /// The dots of a unit of the image.
    private static let zoom = 2

    private let executable: String

    /// Nil where the program is not there.
    ///
    /// - Parameter folders: where it is looked for, with colons between; those of `PATH` by default.
    package init?(folders: String? = getenv("PATH").map { String(cString: $0) }) {
        let paths = (folders ?? "").split(separator: ":").map { "\($0)/\(Self.program)" }
        guard
            let path = paths.first(where: {
                Folder.kind(of: $0) == .file && access($0, X_OK) == 0
            })
        else { return nil }
        executable = path
    }

    /// The PNG of an image.
    ///
    /// - Parameter path: that of a file of SVG.
    /// - Throws: `FileError` where the program does not make one.
    package func png(of path: String) throws(FileError) -> [UInt8] {
        let command =
            "exec \(Self.quoted(executable)) --format=png --zoom=\(Self.zoom) "
            + "< \(Self.quoted(path)) 2>/dev/null"
        guard let output = popen(command, "r") else { throw Self.failure(path) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, output)
            guard count > 0 else { break }
            bytes += piece.prefix(count)
        }
        guard pclose(output) == 0, bytes.starts(with: Self.signature) else {
            throw Self.failure(path)
        }
        return bytes
    }

    /// How every PNG begins.
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// A word of a shell's line, whatever is in it.
    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }

    private static func failure(_ path: String) -> FileError {
        FileError(
            .readFailed,
            "\(program) made no PNG of it; the SVG is whole, and any browser shows it",
            path: path
        )
    }
}
