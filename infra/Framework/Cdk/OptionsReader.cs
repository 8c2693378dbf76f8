using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk;

/// <summary>Reads an environment's options from the CDK's context: <c>environments.{environment}</c> of cdk.json, each value replaceable by <c>-c name=value</c>.</summary>
public sealed partial class OptionsReader(SystemTopology system, Func<string, object?> context)
{
    private static readonly string[] Known =
    [
        "production", "mailFrom", "alertEmail", "corsOrigins", "onDemandStream", "edgeSecret", "domain", "certificateArn",
        "clickHouseHost", "clickHousePort", "clickHouseUser", "clickHouseSecretArn", "clickHouseReplicated",
        "clickHouseNode", "sesReady", "lambdaConcurrency", "zone", "pageUrl",
    ];

    private readonly List<string> _errors = [];
    private Dictionary<string, string> _environment = [];

    /// <exception cref="OptionsException">Says everything that is wrong, not just the first.</exception>
    public DeploymentOptions Read()
    {
        var name = Text(context("environment")) ?? "dev";
        _environment = EnvironmentOf(name);
        if (!Names().IsMatch(name)) _errors.Add($"environment '{name}': up to 20 letters, digits and hyphens, a letter first.");
        foreach (var unknown in _environment.Keys.Except(Known)) _errors.Add($"{unknown}: no such option; there are {string.Join(", ", Known)}.");

        var clickHouse = ClickHouse();
        var (isProduction, onDemandStream) = (Flag("production"), Flag("onDemandStream"));
        var options = new DeploymentOptions(
            name,
            isProduction,
            Mail("mailFrom"),
            Mail("alertEmail"),
            Origins(),
            clickHouse,
            onDemandStream,
            Domain(),
            Number("edgeSecret", 1, 1, 1000),
            Node(clickHouse),
            Flag("sesReady"),
            Concurrency(isProduction, onDemandStream),
            Zone(),
            PageUrl());
        return _errors.Count == 0 ? options : throw new OptionsException(_errors);
    }

    private Dictionary<string, string> EnvironmentOf(string name)
    {
        if (context("environments") is not { } environments) return [];
        var all = JsonSerializer.SerializeToElement(environments);
        if (all.ValueKind == JsonValueKind.Object && all.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object)
            return found.EnumerateObject().ToDictionary(option => option.Name, option => option.Value.ToString());
        _errors.Add($"environment '{name}': cdk.json knows no such environment.");
        return [];
    }

    private string? Of(string option) => Text(context(option)) ?? (_environment.GetValueOrDefault(option) is { Length: > 0 } value ? value : null);

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    private string Mail(string option)
    {
        if (Of(option) is { } mail && MailAddresses().IsMatch(mail)) return mail;
        _errors.Add($"{option}: a mail address is needed, as in mail@example.com.");
        return "";
    }

    private string? PageUrl()
    {
        if (Of("pageUrl") is not { } url) return null;
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.PathAndQuery == "/")
            return uri.GetLeftPart(UriPartial.Authority);
        _errors.Add("pageUrl: an https URL without a path is needed, as in https://d111111abcdef8.cloudfront.net. Use the output EdgeUrl.");
        return null;
    }

    private bool Flag(string option)
    {
        switch (Of(option)?.ToUpperInvariant())
        {
            case null or "FALSE":
                return false;
            case "TRUE":
                return true;
            default:
                _errors.Add($"{option}: true or false.");
                return false;
        }
    }

    private int Number(string option, int otherwise, int least, int most)
    {
        if (Of(option) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        _errors.Add($"{option}: a number from {least} to {most}.");
        return otherwise;
    }

    private int? Concurrency(bool isProduction, bool onDemandStream)
    {
        const string ask = "aws lambda get-account-settings --query AccountLimit.ConcurrentExecutions";
        var needed = ConcurrencyPlan.Needed(system, onDemandStream);
        if (Of("lambdaConcurrency") is null)
        {
            if (isProduction) _errors.Add($"lambdaConcurrency: production needs it, {needed} at least. Give what this prints: {ask}");
            return null;
        }

        var told = Number("lambdaConcurrency", needed, 1, 1_000_000);
        if (told < needed) _errors.Add($"lambdaConcurrency: this environment needs {needed}, and the account allows {told}. Ask Service Quotas for more (Lambda, Concurrent executions), or leave the option out: then nothing is reserved, which is for trying it out.");
        return told;
    }

    private string[] Origins()
    {
        var origins = (Of("corsOrigins") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var origin in origins)
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin)
                _errors.Add($"corsOrigins: '{origin}' is no origin, as in https://www.example.com.");
        return origins;
    }

    private ClickHouseEndpoint? ClickHouse()
    {
        if (Of("clickHouseHost") is not { } host) return null;
        var secret = Of("clickHouseSecretArn") ?? "";
        if (!SecretArns().IsMatch(secret)) _errors.Add("clickHouseSecretArn: the full ARN of the secret with the password is needed beside clickHouseHost.");
        return new ClickHouseEndpoint(host, Number("clickHousePort", 8443, 1, 65535), Of("clickHouseUser") ?? "default", secret, Flag("clickHouseReplicated"));
    }

    private NodeState Node(ClickHouseEndpoint? clickHouse)
    {
        var otherwise = clickHouse is null ? NodeState.Running : NodeState.None;
        if (Of("clickHouseNode") is not { } text) return otherwise;
        if (!Enum.TryParse<NodeState>(text, ignoreCase: true, out var state) || !Enum.IsDefined(state)
            || char.IsAsciiDigit(text[0]))
            _errors.Add("clickHouseNode: running, paused or none.");
        else if (state == NodeState.None && clickHouse is null)
            _errors.Add("clickHouseNode: none needs clickHouseHost, the ClickHouse to use instead.");
        else
            return state;
        return otherwise;
    }

    private string? Zone()
    {
        if (Of("zone") is not { } zone) return null;
        if (!Zones().IsMatch(zone)) _errors.Add("zone: an availability zone is needed, as in us-east-1b.");
        return zone;
    }

    private CustomDomain? Domain()
    {
        if (Of("domain") is not { } domain) return null;
        var certificate = Of("certificateArn") ?? "";
        if (!Certificates().IsMatch(certificate)) _errors.Add("certificateArn: a certificate in us-east-1 is needed beside domain.");
        return new CustomDomain(domain, certificate);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,19}$")]
    private static partial Regex Names();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex MailAddresses();

    [GeneratedRegex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$")]
    private static partial Regex SecretArns();

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$")]
    private static partial Regex Zones();

    [GeneratedRegex("^arn:aws:acm:us-east-1:[0-9]{12}:certificate/.+$")]
    private static partial Regex Certificates();
}
