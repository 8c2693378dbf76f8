using System.Collections.Concurrent;
using System.Text.Json;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Finds changes that make CloudFormation replace a resource, by AWS's own specification.</summary>
public sealed class Replacements
{
    /// <summary>
    /// Properties with "maybe" in the specification. An instance on EBS, as all here are, is stopped and started
    /// instead
    /// (CloudFormation Template Reference, AWS::EC2::Instance: "Update requires: Some interruptions").
    /// </summary>
    private static readonly Dictionary<string,
        string[]> Interrupting = new() { ["AWS::EC2::Instance"] = ["InstanceType", "UserData", "EbsOptimized"] };

    // The specification is large, so a separate process reads it.
    private static readonly ConcurrentDictionary<string, Task<Replacements>> Known = new();

    private readonly Dictionary<string, Dictionary<string, string>> _types;

    private Replacements(Dictionary<string, Dictionary<string, string>> types) => _types = types;

    public static bool CanBeRead => Directory.Exists(Path.Combine(Tool.RepositoryRoot, "node_modules", "@aws-cdk",
        "aws-service-spec"));

    public const string WhyNot = "AWS's specification is not installed: npm ci";

    /// <summary>Reads the specification of these types, once per set of types.</summary>
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

    /// <summary>
    /// Whether a change of the property replaces the resource. "maybe" counts as yes, unless the documentation states
    /// the condition.
    /// </summary>
    public bool Replaces(string type, string property) =>
        _types.TryGetValue(type, out var properties) && properties.GetValueOrDefault(property, "no") is not "no"
            && !Interrupts(type, property);

    public static bool Interrupts(string type, string property) => Interrupting.GetValueOrDefault(type)?
        .Contains(property) == true;
}
