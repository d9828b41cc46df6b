/// A JSON object of one line whose first key is a checksum of all that follows it.
///
///     {"checksum":"0123456789abcdef","rowCount":17,…}
///
/// The checksum, FNV-1a of 64 bits, detects damage and careless edits, not forgery.
package enum SealedJSON {
    /// Puts the checksum in front of an object.
    ///
    /// - Precondition: `object` begins with the brace of an object that is not empty.
    package static func seal(_ object: some Collection<UInt8>) -> [UInt8] {
        precondition(object.first == UInt8(ascii: "{"), "only an object can be sealed")
        return Array(head(of: object).utf8) + object.dropFirst() + [UInt8(ascii: "\n")]
    }

    /// The object without its checksum; nil where that is missing or wrong.
    package static func open(_ bytes: some BidirectionalCollection<UInt8>) -> [UInt8]? {
        let length = head(of: [UInt8]()).utf8.count
        guard bytes.count > length, bytes.last == UInt8(ascii: "\n") else { return nil }
        let object = [UInt8(ascii: "{")] + bytes.dropFirst(length).dropLast()
        return bytes.starts(with: head(of: object).utf8) ? object : nil
    }

    private static func head(of object: some Collection<UInt8>) -> String {
        var value: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in object { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(value, radix: 16)
        let padding = String(repeating: "0", count: 16 - digits.count)
        return "{\"checksum\":\"\(padding)\(digits)\","
    }
}
