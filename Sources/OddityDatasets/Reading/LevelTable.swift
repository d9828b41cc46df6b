/// Gives every different text a number, in the order in which the texts are first seen.
///
/// An open-addressing hash table over bytes kept end to end: finding a known text allocates nothing.
struct LevelTable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// The number of a text plus 1, or 0 for a free place; the size is a power of two.
    private var places = [Int32](repeating: 0, count: 16)

    /// The number of different texts.
    var count: Int { ends.count }

    /// Whether there are so many texts, or such long ones, that it is better to start anew.
    var isLarge: Bool { count > 10_000 || bytes.count > 1 << 20 }

    /// The number of a text, and whether it is new.
    mutating func insert(_ text: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
        var place = hash(text) & (places.count - 1)
        while places[place] != 0 {
            let number = Int(places[place]) - 1
            if isEqual(number, text) { return (number, false) }
            place = (place + 1) & (places.count - 1)
        }
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        places[place] = Int32(ends.count)
        if ends.count * 2 > places.count { rehash() }
        return (ends.count - 1, true)
    }

    /// Takes back the text that was inserted last.
    mutating func removeLast() {
        guard let end = ends.popLast() else { return }
        // Nothing was inserted behind it, so no search passes over its place.
        if let place = places.firstIndex(of: Int32(ends.count + 1)) { places[place] = 0 }
        bytes.removeLast(end - (ends.last ?? 0))
    }

    /// The number of a text; nil for one that was never inserted.
    func number(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        var place = hash(text) & (places.count - 1)
        while places[place] != 0 {
            let number = Int(places[place]) - 1
            if isEqual(number, text) { return number }
            place = (place + 1) & (places.count - 1)
        }
        return nil
    }

    /// The text of a number.
    func text(_ number: Int) -> String {
        String(decoding: bytes[start(of: number)..<ends[number]], as: UTF8.self)
    }

    private func start(of number: Int) -> Int {
        number == 0 ? 0 : ends[number - 1]
    }

    private func isEqual(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = start(of: number)
        guard ends[number] - start == text.count else { return false }
        for index in 0..<text.count where bytes[start + index] != text[index] { return false }
        return true
    }

    /// FNV-1a with a final mix, so that the low bits depend on all bytes.
    private func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        value ^= value >> 32
        return Int(truncatingIfNeeded: value)
    }

    private mutating func rehash() {
        places = [Int32](repeating: 0, count: places.count * 4)
        bytes.withUnsafeBufferPointer { bytes in
            for number in 0..<ends.count {
                let text = UnsafeBufferPointer(rebasing: bytes[start(of: number)..<ends[number]])
                var place = hash(text) & (places.count - 1)
                while places[place] != 0 { place = (place + 1) & (places.count - 1) }
                places[place] = Int32(number + 1)
            }
        }
    }
}
