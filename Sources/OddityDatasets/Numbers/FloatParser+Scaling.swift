extension FloatParser {
    /// The double nearest to w · 10^q, or nil when q is beyond what 128-bit integers decide.
    @inline(__always)
    static func scale(_ mantissa: UInt64, byTenToThe exponent: Int) -> Double? {
        if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
            let value = Double(mantissa)
            if exponent == 0 { return value }
            return exponent < 0
                ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
        }
        if mantissa == 0 { return 0 }
        guard exponent >= -27, exponent <= 27 else { return nil }
        return exponent < 0
            ? divide(mantissa, byTenToThe: -exponent) : multiply(mantissa, byTenToThe: exponent)
    }

    /// w / 10^k for w > 0 and 0 ≤ k ≤ 27, correctly rounded.
    private static func divide(_ mantissa: UInt64, byTenToThe power: Int) -> Double {
        let divisor = powersOfFive[power]
        let shift = mantissa.leadingZeroBitCount
        let divisorShift = divisor.leadingZeroBitCount
        let dividend = mantissa << UInt64(shift)
        let scaledDivisor = divisor << UInt64(divisorShift)
        // Both have their top bit set, so the quotient below always has 64 bits.
        let isSmaller = dividend < scaledDivisor
        let (quotient, remainder) = scaledDivisor.dividingFullWidth(
            isSmaller ? (dividend, 0) : (dividend >> 1, dividend << 63)
        )
        return round(
            quotient,
            isInexact: remainder != 0,
            exponent: divisorShift - shift - power - (isSmaller ? 64 : 63)
        )
    }

    /// w · 10^k for w > 0 and 0 ≤ k ≤ 27, correctly rounded.
    private static func multiply(_ mantissa: UInt64, byTenToThe power: Int) -> Double {
        let (high, low) = mantissa.multipliedFullWidth(by: powersOfFive[power])
        guard high != 0 else {
            let shift = low.leadingZeroBitCount
            return round(low << UInt64(shift), isInexact: false, exponent: power - shift)
        }
        let shift = UInt64(high.leadingZeroBitCount)
        let top = shift == 0 ? high : high << shift | low >> (64 - shift)
        return round(top, isInexact: low << shift != 0, exponent: power + 64 - Int(shift))
    }

    /// The double nearest to bits · 2^exponent, ties to even; the top bit of `bits` is set.
    private static func round(_ bits: UInt64, isInexact: Bool, exponent: Int) -> Double {
        var significand = bits >> 11
        let rest = bits & 0x7FF
        if rest > 0x400 || (rest == 0x400 && (isInexact || significand & 1 == 1)) {
            significand += 1
        }
        // The hidden bit, and a carry out of rounding, add themselves to the exponent field.
        let field = UInt64(exponent + 11 + 52 + 1023 - 1)
        return Double(bitPattern: field << 52 + significand)
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// The powers up to the eighth.
    static let integerPowersOfTen: [UInt32] = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
    ]

    private static let powersOfFive: [UInt64] = [
        1, 5, 25, 125, 625, 3_125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125,
        244_140_625, 1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625,
        762_939_453_125, 3_814_697_265_625, 19_073_486_328_125, 95_367_431_640_625,
        476_837_158_203_125, 2_384_185_791_015_625, 11_920_928_955_078_125,
        59_604_644_775_390_625, 298_023_223_876_953_125, 1_490_116_119_384_765_625,
        7_450_580_596_923_828_125,
    ]
}
