using System.Text.RegularExpressions;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>The scripts of instances, with references as <c>${path}</c>.</summary>
public static partial class Scripts
{
    /// <summary>Returns the user data of an instance.</summary>
    public static string Of(Cloud cloud, Resource instance) =>
        cloud.Tell(instance.Stack, instance["UserData"]?["Fn::Base64"]);

    /// <summary>Returns every address in a script.</summary>
    public static IEnumerable<string> Addresses(string script) => Https().Matches(script).Select(match => match.Value);

    /// <summary>Returns the lines of a shell script that call another machine over the network.</summary>
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
