import TestSupport
import Testing

/// The family of autoencoders on the command line.
@Suite struct VariantTests {
    @Test(arguments: [
        ["--variant", "sparse", "--sparsity-weight", "0.01"],
        ["--variant", "sparse", "--sparsity-target", "0.1"],
        ["--variant", "sparse", "--active-units", "2"],
        ["--variant", "denoising", "--noise", "masking", "--noise-level", "0.2"],
        ["--variant", "denoising", "--noise", "multi-scale", "--noise-level", "0.1,1"],
        [
            "--variant", "variational", "--kl-weight", "0.01", "--kl-warm-up", "2", "--mean-l1",
            "0.001", "--free-bits", "0.01",
        ],
        ["--loss", "gaussian"], ["--tied-weights"], ["--pca", "2"], ["--pca", "0.9"],
        ["--pca", "auto"], ["--schedule", "step"],
    ])
    func everyOptionActs(options: [String]) throws {
        let folder = try TemporaryFolder()
        let table = SampleTable(rowCount: 120)
        let train = folder.write(table.csv, as: "train.csv")
        let common = ["--hidden", "8,4", "--epochs", "40", "--folds", "2", "--batch-size", "32"]
        func scores(_ name: String, _ options: [String]) throws -> [String] {
            let model = "\(folder.path)/\(name)"
            let fit = try ChildProcess(
                try Oddity.binary(),
                ["fit", train, "--output", model] + common + options
            )
            try #require(fit.exitCode == 0, "\(fit.errors)")
            #expect(try oddity("verify", model).exitCode == 0)
            return try oddity("score", model, train).lines
        }
        let plain = try scores("plain", [])
        let changed = try scores("changed", options)
        #expect(changed.count == plain.count)
        #expect(changed != plain, "the option changes the scores")
    }

    @Test(arguments: [
        (["--variant", "magic"], "magic"),
        (["--kl-weight", "0.1"], "--variant variational"),
        (["--variant", "variational", "--noise", "swap"], "--variant denoising"),
        (["--variant", "denoising", "--active-units", "2"], "--variant sparse"),
        (["--variant", "denoising", "--noise", "loud"], "loud"),
        (["--variant", "denoising", "--noise-level", "0.1,0.2"], "one level"),
        (["--variant", "denoising", "--noise", "multi-scale", "--noise-level", "1"], "two levels"),
        (["--variant", "sparse", "--active-units", "2", "--sparsity-weight", "1"], "leave out"),
        (["--variant", "sparse", "--active-units", "99"], "size of the code"),
        (["--variant", "variational", "--tied-weights"], "untied"),
        (["--pca", "0"], "--pca"), (["--pca", "many"], "--pca"),
    ])
    func optionsThatDoNotBelongAreErrors(options: [String], word: String) throws {
        let folder = try TemporaryFolder()
        let train = folder.write(SampleTable(rowCount: 30).csv, as: "train.csv")
        let arguments = ["fit", train, "--output", folder.path + "/model"] + options
        expectUsageError(try ChildProcess(try Oddity.binary(), arguments), word)
    }
}
