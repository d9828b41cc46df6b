/// Eight bytes of a text in one word, the first of them lowest, which are looked at in one step.
struct DigitWord {
    private var bytes: UInt64

    /// The eight bytes from an address on.
    @inline(__always)
    init(at address: UnsafePointer<UInt8>) {
        bytes = UInt64(littleEndian: UnsafeRawPointer(address).loadUnaligned(as: UInt64.self))
    }

    /// The bytes with the first ones made `0`, but for the last `count`, 1 to 8.
    @inline(__always)
    func keeping(last count: Int) -> DigitWord {
        let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
        let zeros: UInt64 = 0x3030_3030_3030_3030
        var word = self
        word.bytes = ((bytes ^ zeros) &>> shift) &<< shift ^ zeros
        return word
    }

    /// Whether all bytes are digits.
    @inline(__always)
    var isNumber: Bool {
        let upper: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
        let beyondNine = ((bytes &+ 0x0606_0606_0606_0606) & upper) >> 4
        return bytes & upper | beyondNine == 0x3333_3333_3333_3333
    }

    /// The number that eight digits make: neighbours are joined to numbers of two digits, of four, and of eight.
    @inline(__always)
    var number: UInt64 {
        let ones = bytes & 0x0F0F_0F0F_0F0F_0F0F
        let pairs = (ones &* (10 << 8 + 1)) >> 8 & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* (100 << 16 + 1)) >> 16 & 0x0000_FFFF_0000_FFFF
        return (fours &* (10_000 << 32 + 1)) >> 32
    }
}
