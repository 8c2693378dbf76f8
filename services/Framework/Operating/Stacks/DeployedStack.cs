using System.Data.Common;
using Amazon.CloudFormation;
using Amazon.DynamoDBv2;
using Amazon.KeyManagementService;
using Amazon.Kinesis;
using Amazon.SQS;
using Microsoft.Extensions.Configuration;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operating.Stacks;

/// <summary>
/// Opens a deployed stack. Its CloudFormation outputs name its resources. Credentials and region come from the same
/// places as for the AWS CLI.
/// </summary>
internal static class DeployedStack
{
    /// <param name="environment">The name of the deployment: <c>-c environment=NAME</c>.</param>
    /// <param name="clickHouse">Host and port at which this machine reaches ClickHouse; null for the address in the
    /// outputs.</param>
    /// <exception cref="OperatorException">The stack does not exist, or AWS cannot be reached.</exception>
    public static async Task<OperatedStack> OpenAsync(
        OperatedSystem system,
        string environment,
        string? clickHouse,
        TimeProvider clock,
        CancellationToken ct)
    {
        try
        {
            using var cloudFormation = new AmazonCloudFormationClient();
            var (data, services) = await ReadAsync(system.Topology, cloudFormation, environment, ct);
            var aws = new AwsClients(new AmazonDynamoDBClient(), new AmazonKinesisClient(), new AmazonSQSClient());
            return new OperatedStack(
                system,
                NamesOf(system.Topology, data, services),
                aws,
                ClickHouseOf(data, clickHouse),
                new KmsMasterKey(new AmazonKeyManagementServiceClient(), data[DeployedNames.MasterKeyArn]),
                new StackClients(() => new Uri(services[DeployedNames.EdgeUrl]), new Dictionary<string, string>()),
                clock);
        }
        catch (Amazon.Runtime.AmazonClientException e)
        {
            throw new OperatorException($"AWS cannot be reached: {e.Message} Set a region and credentials as for the AWS CLI: AWS_PROFILE, or AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.", e);
        }
    }

    internal static async Task<(StackOutputs Data, StackOutputs Services)> ReadAsync(
        SystemTopology topology,
        IAmazonCloudFormation cloudFormation,
        string environment,
        CancellationToken ct) => (
        await StackOutputs.ReadAsync(cloudFormation, environment, topology.DataStack(environment), ct),
        await StackOutputs.ReadAsync(cloudFormation, environment, topology.ServicesStack(environment), ct));

    internal static StackNames NamesOf(SystemTopology topology, StackOutputs data, StackOutputs services) => new(
        data[DeployedNames.CommandStream],
        topology.Tables.ToDictionary(table => table.Name, table => data[DeployedNames.TableName(table)]),
        topology.Queues
            .SelectMany(queue => new[] { queue.Name, queue.DeadLettersName })
            .ToDictionary(queue => queue, queue => services[DeployedNames.QueueUrl(queue)]));

    internal static ClickHouseOptions ClickHouseOf(StackOutputs data, string? reachedAt)
    {
        var connection = new DbConnectionStringBuilder { ConnectionString = data[DeployedNames.ClickHouse] };
        if (reachedAt?.Split(':') is [var host, var port]) (connection["Host"], connection["Port"]) = (host, port);
        return new ClickHouseOptions(
            connection.ConnectionString,
            Secrets.Reader(data[DeployedNames.ClickHouseSecretArn], new ConfigurationBuilder().Build()),
            Replicated: data[DeployedNames.ClickHouseReplicated] == "true");
    }
}
