extension OutputFile {
    /// Adds text, as UTF-8.
    ///
    /// - Throws: ``FileError`` if the disk is full or the reader has gone.
    package func write(_ text: String) throws(FileError) {
        var text = text
        let result = text.withUTF8 { bytes in
            Result { () throws(FileError) in try append(UnsafeRawBufferPointer(bytes)) }
        }
        try result.get()
    }

    /// Adds text and a line end.
    ///
    /// - Throws: ``FileError`` if the disk is full or the reader has gone.
    package func writeLine(_ line: String) throws(FileError) {
        try write(line)
        try append(UInt8(ascii: "\n"))
    }
}
