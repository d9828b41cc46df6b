import Testing

@testable import OddityDetectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct AgreementCorrectionTests {
    /// Cauchy's rule is exact for members that are independent and for members that agree.
    @Test(arguments: [0.0, 1.0]) func exactRulesStay(correlation: Double) {
        let correction = AgreementCorrection(memberCount: 4, correlation: correlation)
        for p in [0.01, 0.05, 0.2] {
            #expect(abs(exp(correction.logarithm(of: log(p))) / p - 1) < 0.05)
        }
    }

    /// In between it is too small: by 17 % at 5 % for four members with a correlation of a half.
    @Test func partlyDependentMembersAreCorrected() {
        let correction = AgreementCorrection(memberCount: 4, correlation: 0.5)
        #expect(abs(exp(correction.logarithm(of: log(0.05))) - 0.0586) < 0.002)
        #expect(abs(exp(correction.logarithm(of: log(0.01))) - 0.0114) < 0.0005)
    }

    @Test func largerValuesStayLarger() {
        let correction = AgreementCorrection(memberCount: 3, correlation: 0.7)
        var last = -Double.infinity
        for step in stride(from: -60.0, through: 0, by: 0.05) {
            let found = correction.logarithm(of: step)
            #expect(found > last && found <= 0)
            last = found
        }
        #expect(correction.logarithm(of: 0) == 0)
    }

}
