using System.Text.RegularExpressions;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>The scripts of instances, with references told as <c>${path}</c>.</summary>
public static partial class Scripts
{
    /// <summary>What an instance runs: its user data.</summary>
    public static string Of(Cloud cloud, Resource instance) =>
        cloud.Tell(instance.Stack, instance["UserData"]?["Fn::Base64"]);

    /// <summary>The whole address of everything that a script names elsewhere.</summary>
    public static IEnumerable<string> Addresses(string script) => Https().Matches(script).Select(match => match.Value);

    /// <summary>The lines of a shell script that call something over a network, and not this machine.</summary>
    public static IEnumerable<string> NetworkCommands(string script) =>
        from line in script.Split('\n')
        let text = line.Trim()
        where !text.StartsWith('#') && Network().IsMatch(text) && !text.Contains("127.0.0.1", StringComparison.Ordinal)
        select text;

    [GeneratedRegex(@"https://[A-Za-z0-9.${}:/_-]+[A-Za-z0-9}/]")]
    private static partial Regex Https();

    [GeneratedRegex(@"(^|[\s(;&|])(dnf|yum|curl|wget|aws)\s")]
    private static partial Regex Network();
}
