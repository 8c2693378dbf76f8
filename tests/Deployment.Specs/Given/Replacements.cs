using System.Collections.Concurrent;
using System.Text.Json;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Which changes have CloudFormation replace a resource, by AWS's own specification.</summary>
public sealed class Replacements
{
    /// <summary>
    /// The specification says "maybe": an instance on EBS, as all of ours are, is stopped and started instead
    /// (CloudFormation Template Reference, AWS::EC2::Instance: "Update requires: Some interruptions").
    /// </summary>
    private static readonly Dictionary<string,
        string[]> Interrupting = new() { ["AWS::EC2::Instance"] = ["InstanceType", "UserData", "EbsOptimized"] };

    // The specification is large, and read by a process of its own.
    private static readonly ConcurrentDictionary<string, Task<Replacements>> Known = new();

    private readonly Dictionary<string, Dictionary<string, string>> _types;

    private Replacements(Dictionary<string, Dictionary<string, string>> types) => _types = types;

    public static bool CanBeRead => Directory.Exists(Path.Combine(Tool.RepositoryRoot, "node_modules", "@aws-cdk",
        "aws-service-spec"));

    public const string WhyNot = "AWS's specification is not installed: npm ci";

    /// <summary>What the specification says of these types; it is read once for each set of them.</summary>
    public static Task<Replacements> ReadAsync(IEnumerable<string> types)
    {
        string[] sorted = [.. types.Order(StringComparer.Ordinal)];
        return Known.GetOrAdd(string.Join(' ', sorted), _ => LookUpAsync(sorted));
    }

    private static async Task<Replacements> LookUpAsync(string[] types)
    {
        var (code, printed) = await Tool.RunAsync("node",
            [Path.Combine(AppContext.BaseDirectory, "Given", "replacements.cjs"), .. types]);
        Assert.True(code == 0, printed);
        return new Replacements(JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(printed)!);
    }

    /// <summary>"maybe" counts as yes, except where the page says when.</summary>
    public bool Replaces(string type, string property) =>
        _types.TryGetValue(type, out var properties) && properties.GetValueOrDefault(property, "no") is not "no"
            && !Interrupts(type, property);

    public static bool Interrupts(string type, string property) => Interrupting.GetValueOrDefault(type)?
        .Contains(property) == true;
}
