using System.Data.Common;
using System.Diagnostics;
using Amazon.CloudFormation;
using Amazon.Runtime;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Specs.Stacks;

public sealed class DeployedStackSpecs : IDisposable
{
    private readonly FakeCloudFormation _cloudFormation = new();

    public DeployedStackSpecs()
    {
        _cloudFormation.Stacks["shop-dev-data"] = new()
        {
            [DeployedNames.CommandStream] = "commands-1A2B",
            [DeployedNames.ClickHouse] = "Host=10.40.1.7;Port=8123;Username=shop;Database=shop",
            [DeployedNames.ClickHouseSecretArn] = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:clickhouse-AbCdEf",
            [DeployedNames.ClickHouseReplicated] = "false",
        };
        foreach (var table in ShopTopology.Tables) _cloudFormation.Stacks["shop-dev-data"][DeployedNames.TableName(table)] = $"{table.Name}-1A2B";
        _cloudFormation.Stacks["shop-dev-services"] = ShopTopology.Queues
            .SelectMany(queue => new[] { queue.Name, queue.DeadLettersName })
            .ToDictionary(DeployedNames.QueueUrl, queue => $"https://sqs.eu-west-1.amazonaws.com/111122223333/{queue}-1A2B");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _cloudFormation.Dispose();

    [Fact]
    public async Task Everything_of_the_topology_is_known_by_the_name_that_it_was_deployed_under()
    {
        var (data, services) = await DeployedStack.ReadAsync(ShopTopology.All, _cloudFormation, "dev", Ct);

        var names = DeployedStack.NamesOf(ShopTopology.All, data, services);

        Assert.Equal("commands-1A2B", names.CommandStream);
        Assert.All(ShopTopology.Tables, table => Assert.Equal($"{table.Name}-1A2B", names[table]));
        Assert.All(ShopTopology.Queues, queue => Assert.EndsWith($"/{queue.Name}-1A2B", names.QueueUrls[queue.Name], StringComparison.Ordinal));
        Assert.All(ShopTopology.Queues, queue => Assert.EndsWith($"/{queue.DeadLettersName}-1A2B", names.QueueUrls[queue.DeadLettersName], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "10.40.1.7", "8123")]
    [InlineData("127.0.0.1:18123", "127.0.0.1", "18123")]
    public async Task ClickHouse_is_reached_where_the_stack_says_or_through_a_tunnel(string? reachedAt, string host, string port)
    {
        var (data, _) = await DeployedStack.ReadAsync(ShopTopology.All, _cloudFormation, "dev", Ct);

        var options = DeployedStack.ClickHouseOf(data, reachedAt);

        var connection = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
        Assert.Equal((host, port, "shop", "shop"), ((string)connection["Host"], (string)connection["Port"], (string)connection["Username"], (string)connection["Database"]));
        Assert.NotNull(options.Password);
        Assert.False(options.Replicated);
    }

    [Fact]
    public async Task An_environment_that_was_not_deployed_says_how_to_deploy_one()
    {
        var error = await Assert.ThrowsAsync<OperatorException>(() => DeployedStack.ReadAsync(ShopTopology.All, _cloudFormation, "staging", Ct));
        Assert.Contains("Stack shop-staging-data not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("npx cdk deploy --all -c environment=staging", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_look_is_told_so()
    {
        _cloudFormation.Failure = new AmazonCloudFormationException("User anna is not authorized", null, ErrorType.Sender, "AccessDenied", "r-1", System.Net.HttpStatusCode.Forbidden);

        var error = await Assert.ThrowsAsync<OperatorException>(() => DeployedStack.ReadAsync(ShopTopology.All, _cloudFormation, "dev", Ct));

        Assert.Equal("CloudFormation does not describe shop-dev-data: User anna is not authorized (AccessDenied)", error.Message);
    }

    [Fact]
    public async Task A_stack_of_other_code_is_told_by_what_it_lacks()
    {
        _cloudFormation.Stacks["shop-dev-data"].Remove(DeployedNames.TableName(ShopTopology.Mails));
        var (data, services) = await DeployedStack.ReadAsync(ShopTopology.All, _cloudFormation, "dev", Ct);

        Assert.Contains("has no output TableMails", Assert.Throws<OperatorException>(() => DeployedStack.NamesOf(ShopTopology.All, data, services)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("eu-west-1")]
    public async Task Without_a_region_or_credentials_it_says_how_to_give_them(string region)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ShopOperator).Assembly.Location, "mails", "unknown", "--stack", "dev"]) { RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        // Neither a user's profile nor an instance's role.
        (start.Environment["HOME"], start.Environment["AWS_EC2_METADATA_DISABLED"]) = (Path.GetTempPath(), "true");
        if (region.Length > 0) start.Environment["AWS_REGION"] = region;
        using var process = Process.Start(start)!;

        var printed = await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);

        Assert.StartsWith("AWS cannot be reached:", printed, StringComparison.Ordinal);
        Assert.Contains("AWS_PROFILE, or AWS_REGION", printed, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, process.ExitCode);
    }
}
