using Amazon.CDK.AWS.EC2;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>How a program connects to ClickHouse.</summary>
/// <param name="ConnectionString">An ADO.NET connection string without a password.</param>
/// <param name="SecretArn">The secret whose whole text is the password. Programs read it when they first connect, and
/// again after a rotation.</param>
/// <param name="Network">The network that a program must be in; null for a ClickHouse that is reached over the
/// internet, by TLS.</param>
public sealed record EventStoreAccess(
    string ConnectionString,
    string SecretArn,
    bool IsReplicated,
    EventStoreNetwork? Network);

/// <param name="Clients">The security group whose members may reach ClickHouse.</param>
/// <param name="InstanceId">The node that people tunnel to; null while it is paused.</param>
public sealed record EventStoreNetwork(
    IVpc Vpc,
    ISecurityGroup Clients,
    string? InstanceId);
