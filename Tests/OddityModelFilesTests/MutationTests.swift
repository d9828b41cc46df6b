import OddityModelFiles
import Testing

/// Small damage anywhere in a file gives the same archive or a typed error, never a crash.
struct MutationTests {
    /// A repeatable stream of numbers.
    private struct Stream {
        var state: UInt64
        mutating func next(below bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
    }

    private func check(_ bytes: [UInt8], _ original: ModelArchive, _ what: String) {
        do {
            let archive = try ModelArchive(decoding: bytes)
            #expect(archive == original, "\(what) was read as something else")
        } catch {
            #expect(error is ModelFileError, "\(what)")
        }
    }

    @Test func everyPrefixIsRefused() throws {
        let bytes = try sampleArchive().encoded()
        for length in 0..<bytes.count {
            #expect(readingCode(Array(bytes.prefix(length))) != nil)
        }
    }

    @Test func everyFlippedBitIsHarmless() throws {
        let archive = try sampleArchive()
        let bytes = try archive.encoded()
        for index in bytes.indices {
            var copy = bytes
            copy[index] ^= 1 << UInt8(index % 8)
            check(copy, archive, "a flipped bit at \(index)")
        }
    }

    @Test(arguments: [1, 2, 3])
    func randomDamageIsHarmless(seed: UInt64) throws {
        let archive = try sampleArchive()
        let bytes = try archive.encoded()
        var stream = Stream(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let telling = Array("\"{}[],:\\-0123456789eEu ".utf8)
        for round in 0..<1_500 {
            var copy = bytes
            for _ in 0...stream.next(below: 3) {
                let index = stream.next(below: copy.count)
                switch stream.next(below: 5) {
                case 0: copy[index] = UInt8(stream.next(below: 256))
                case 1: copy[index] = telling[stream.next(below: telling.count)]
                case 2: copy.insert(telling[stream.next(below: telling.count)], at: index)
                case 3: copy.remove(at: index)
                default:
                    let end = min(copy.count, index + stream.next(below: 40))
                    copy.append(contentsOf: copy[index..<end])
                    copy.removeSubrange(index..<end)
                }
            }
            check(copy, archive, "seed \(seed), round \(round)")
        }
    }
}
