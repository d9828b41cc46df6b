extension ModelArchive {
    /// Whether a file starts like a safetensors file: a header length, then a JSON object.
    ///
    /// It may still be damaged; a file that cannot be read is none.
    public static func looksLikeModel(path: String) -> Bool {
        guard var source = try? FileSource(path: path), source.size > 8,
            let start = try? source.readValues(UInt8.self, count: 9)
        else { return false }
        let length = start[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return start[8] == UInt8(ascii: "{") && length <= UInt64(headerLimit)
    }
}
