import OddityFiles
import Testing

@Suite("JSON with a checksum")
struct SealedJSONTests {
    private let object = Array(#"{"a":1,"b":"ü\n"}"#.utf8)

    @Test("what was sealed is opened")
    func opensWhatItSeals() {
        let sealed = SealedJSON.seal(object)
        #expect(SealedJSON.open(sealed) == object)
        #expect(String(decoding: sealed, as: UTF8.self).hasPrefix(#"{"checksum":""#))
        #expect(sealed.count { $0 == UInt8(ascii: "\n") } == 1)
    }

    @Test("any changed, missing or added byte is noticed")
    func noticesChanges() {
        let sealed = SealedJSON.seal(object)
        for index in sealed.indices {
            for bit in 0..<8 {
                var changed = sealed
                changed[index] ^= 1 << bit
                #expect(SealedJSON.open(changed) == nil, "bit \(bit) of byte \(index)")
            }
            #expect(SealedJSON.open(Array(sealed[..<index])) == nil)
            #expect(SealedJSON.open(sealed[..<index] + [0x20] + sealed[index...]) == nil)
        }
        #expect(SealedJSON.open(object) == nil)
        #expect(SealedJSON.open([UInt8]()) == nil)
    }
}
