import TestSupport
import Testing

/// The family of autoencoders on the command line.
@Suite struct VariantTests {
    @Test(arguments: [
        ["--variant", "sparse", "--sparsity-weight", "0.01"],
        ["--variant", "sparse", "--sparsity-layers", "encoder"],
        ["--variant", "sparse", "--sparsity-target", "0.1"],
        ["--variant", "sparse", "--active-units", "2"],
        ["--variant", "denoising", "--noise", "masking", "--noise-level", "0.2"],
        ["--variant", "denoising", "--noise", "multi-scale", "--noise-level", "0.1,1"],
        [
            "--variant", "variational", "--kl-weight", "0.01", "--kl-warm-up", "2", "--mean-l1",
            "0.001", "--free-bits", "0.01",
        ],
        ["--loss", "gaussian"], ["--tied-weights"], ["--pca", "2"], ["--pca", "0.9"],
        ["--pca", "auto"], ["--schedule", "step"], ["--scoring", "residual"],
        ["--scoring", "code"], ["--code-distance", "mahalanobis"], ["--code-distance", "center"],
        ["--code-distance", "center", "--svdd-weight", "0.1"], ["--residual-blocks", "1"],
        ["--variant", "variational", "--scoring", "elbo"],
        ["--variant", "variational", "--scoring", "reconstruction-probability"],
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
        (["--variant", "sparse", "--sparsity-layers", "some"], "encoder"),
        (["--variant", "sparse", "--sparsity-layers", "all", "--active-units", "2"], "leave out"),
        (["--variant", "variational", "--tied-weights"], "untied"),
        (["--scoring", "elbo"], "variational"),
        (["--variant", "sparse", "--scoring", "reconstruction-probability"], "variational"),
        (["--scoring", "magic"], "magic"), (["--code-distance", "far"], "far"),
        (["--scoring", "residual", "--code-distance", "nearest"], "--scoring residual-and-code"),
        (["--svdd-weight", "0.1"], "center"),
        (["--code-distance", "center", "--svdd-weight", "0"], "above 0"),
        (["--residual-blocks", "1", "--tied-weights"], "untied"),
        (["--residual-blocks", "1", "--hidden", "8"], "hidden layers"),
        (["--loss", "ssim"], "compares images"), (["--pca", "0"], "--pca"),
        (["--pca", "many"], "--pca"),
    ])
    func optionsThatDoNotBelongAreErrors(options: [String], word: String) throws {
        let folder = try TemporaryFolder()
        let train = folder.write(SampleTable(rowCount: 30).csv, as: "train.csv")
        let arguments = ["fit", train, "--output", folder.path + "/model"] + options
        expectUsageError(try ChildProcess(try Oddity.binary(), arguments), word)
    }

    /// What was chosen stands in the model, and the epochs of an SVDD are those that were run.
    @Test func modelsShowTheirScoring() throws {
        let folder = try TemporaryFolder()
        let train = folder.write(SampleTable(rowCount: 60).csv, as: "train.csv")
        let model = folder.path + "/model"
        let fit = try oddity(
            "fit",
            train,
            "--output",
            model,
            "--epochs",
            "3",
            "--hidden",
            "8,4",
            "--scoring",
            "code",
            "--code-distance",
            "center",
            "--svdd-weight",
            "0.5",
            "--residual-blocks",
            "2"
        )
        try #require(fit.exitCode == 0, "\(fit.errors)")
        let card = try oddity("inspect", model).output
        for text in ["code", "center, SVDD weight 0.5", "2 after each hidden layer", "6 (best 6)"] {
            #expect(card.contains(text), "\(text)")
        }
        let json = try oddity("inspect", model, "--json").output
        for text in ["\"code_distance\"", "\"svdd_weight\"", "\"residual_blocks\""] {
            #expect(json.contains(text), "\(text)")
        }
    }
}
