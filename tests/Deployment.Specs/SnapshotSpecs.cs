using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>The complete templates of production, so that an unintended change shows in a diff.</summary>
[Collection(SynthesisCollection.Name)]
public sealed partial class SnapshotSpecs(Synthesis synthesis)
{
    internal static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("data")]
    [InlineData("services")]
    [InlineData("operations")]
    public void A_template_is_as_it_was_approved(string stack)
    {
        var template = synthesis.Production.Templates[$"shop-prod-{stack}"].DeepClone();
        ((System.Text.Json.Nodes.JsonObject)template).Remove("Parameters");
        ((System.Text.Json.Nodes.JsonObject)template).Remove("Rules");
        var text = Assets().Replace(template.ToJsonString(Indented), "<asset>") + "\n";
        Approved.Holds(Path.Combine(Tool.RepositoryRoot, "tests", "Deployment.Specs", "Snapshots", $"{stack}.json"), text);
    }

    [Fact]
    public void A_difference_is_told_with_what_is_around_it()
    {
        string[] before = ["a", "b", "c", "d", "e", "f", "g"];
        string[] now = ["a", "b", "c", "D", "e", "f", "g"];
        Assert.Equal("  b\n  c\n- d\n+ D\n  e\n  f", Approved.Difference(before, now));
    }

    /// <summary>The hash of the code, which changes with every build.</summary>
    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Assets();
}
