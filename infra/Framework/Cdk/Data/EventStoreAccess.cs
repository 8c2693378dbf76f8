using Amazon.CDK.AWS.EC2;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>How a program reaches ClickHouse.</summary>
/// <param name="ConnectionString">ADO.NET, without a password.</param>
/// <param name="SecretArn">The secret whose whole text is the password: programs read it when they first connect, and again when it was rotated.</param>
/// <param name="Network">Where a program must be to reach it; null for one that is reached over the internet, by TLS.</param>
public sealed record EventStoreAccess(
    string ConnectionString,
    string SecretArn,
    bool IsReplicated,
    EventStoreNetwork? Network);

/// <param name="Clients">The security group whose members may reach ClickHouse.</param>
/// <param name="InstanceId">The node, which people tunnel to; null while it is paused.</param>
public sealed record EventStoreNetwork(
    IVpc Vpc,
    ISecurityGroup Clients,
    string? InstanceId);
