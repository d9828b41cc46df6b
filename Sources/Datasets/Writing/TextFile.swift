/// A text file that appears under its name only when it is complete.
///
/// The text goes to a hidden file beside the target, which ``close()`` renames; a file that is dropped
/// before leaves nothing behind. `-` is standard output.
public final class TextFile {
    private let file: OutputFile

    /// Opens a file to write.
    ///
    /// - Throws: ``DatasetError`` if it cannot be written.
    public init(path: String) throws {
        file = try OutputFile(path: path)
    }

    /// Adds text.
    ///
    /// - Throws: ``DatasetError`` if the disk is full or the reader has gone.
    public func write(_ text: String) throws {
        var text = text
        let result = text.withUTF8 { bytes in
            Result { () throws(DatasetError) in try file.append(bytes) }
        }
        try result.get()
    }

    /// Adds a line.
    ///
    /// - Throws: ``DatasetError`` if the disk is full or the reader has gone.
    public func writeLine(_ line: String) throws {
        try write(line)
        try write("\n")
    }

    /// Puts the file under its name.
    ///
    /// - Throws: ``DatasetError`` if the rest cannot be written.
    public func close() throws {
        try file.close()
    }
}
