namespace ServerlessCqrs.Cdk;

/// <summary>What differs from one environment to the next; all else is the topology's.</summary>
/// <param name="Name">Names the stacks: <c>shop-{name}-data</c>, <c>-services</c>, <c>-operations</c>.</param>
/// <param name="IsProduction">Data is then kept when a stack goes, and stacks are protected from going.</param>
/// <param name="MailFrom">The sender of mails; its domain is verified with SES.</param>
/// <param name="AlertEmail">Where alarms go.</param>
/// <param name="CorsOrigins">Origins that browsers may call from; none where it is empty.</param>
/// <param name="ClickHouse">An endpoint that exists, which the programs use; null for the node of our own.</param>
/// <param name="OnDemandStream">Kinesis scales by itself, instead of the topology's shards.</param>
/// <param name="Domain">The shop's own domain with its certificate; null for CloudFront's.</param>
/// <param name="EdgeSecret">The secret that CloudFront sends to the API. Raise it by one to rotate it. The API accepts
/// the one before and the one after, too.</param>
/// <param name="IsSesReady">SES has verified the domain of <paramref name="MailFrom"/>, and the account is out of its
/// sandbox: Cognito's mails go through it too.</param>
/// <param name="LambdaConcurrency">How many functions may run at once in the account and region. Null reserves nothing.</param>
/// <param name="Node">Whether there is a node of our own; it may stay beside another ClickHouse, until nothing needs
/// it.</param>
/// <param name="Zone">The availability zone of the node and its network, as in <c>us-east-1b</c>. Null takes the
/// account's first.</param>
/// <param name="PageUrl">CloudFront's own URL, which the first deployment prints. With it, people can sign in on the
/// page. Not needed with a domain.</param>
public sealed record DeploymentOptions(
    string Name,
    bool IsProduction,
    string MailFrom,
    string AlertEmail,
    IReadOnlyList<string> CorsOrigins,
    ClickHouseEndpoint? ClickHouse = null,
    bool OnDemandStream = false,
    CustomDomain? Domain = null,
    int EdgeSecret = 1,
    NodeState Node = NodeState.Running,
    bool IsSesReady = false,
    int? LambdaConcurrency = null,
    string? Zone = null,
    string? PageUrl = null)
{
    /// <summary>The page's URL, for sign-ins. Null until it is known.</summary>
    public string? SignInFrom => Domain is { } domain ? $"https://{domain.Name}" : PageUrl;

    public string MailDomain => MailFrom[(MailFrom.IndexOf('@', StringComparison.Ordinal) + 1)..];
}

/// <summary>A ClickHouse that stands elsewhere: ClickHouse Cloud, or your own.</summary>
/// <param name="SecretArn">The full ARN of a secret whose whole text is the password.</param>
/// <param name="IsReplicated">A cluster of your own with replicas. Not for ClickHouse Cloud, which needs no settings of ours.</param>
public sealed record ClickHouseEndpoint(
    string Host,
    int Port,
    string User,
    string SecretArn,
    bool IsReplicated = false);

/// <param name="CertificateArn">In us-east-1, where CloudFront looks for it.</param>
public sealed record CustomDomain(
    string Name,
    string CertificateArn);

/// <summary>A ClickHouse of our own, on an instance.</summary>
public enum NodeState
{
    Running,

    /// <summary>
    /// No instance, but all else: its volume, its network, its name. Commands wait in the stream, for as long as that
    /// keeps them.
    /// </summary>
    Paused,

    None,
}
