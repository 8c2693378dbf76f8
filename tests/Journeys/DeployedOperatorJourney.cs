using System.Net;
using System.Text;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>The Operator on a stack that it finds through CloudFormation: here one that tells of the local stack, with everything else as on AWS.</summary>
[Collection(JourneysCollection.Name)]
public sealed class DeployedOperatorJourney(LocalStack stack)
{
    [Fact]
    public async Task The_operator_works_by_what_CloudFormation_tells_as_it_does_by_a_data_folder()
    {
        var (exitCode, output) = await RunAsync("verify", "--json");

        Assert.True(exitCode == 0, output);
        Assert.Contains("events-to-mail-dead-letters", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smoke_test_shows_that_the_stack_works_and_leaves_nothing_on_sale()
    {
        var (seller, customer) = (await stack.UserAsync("seller"), await stack.UserAsync("customer"));

        var (exitCode, output) = await RunAsync("smoke", "--token", seller.Token!, "--customer-token", customer.Token!);

        Assert.True(exitCode == 0, output);
        Assert.EndsWith("The stack works.", output.TrimEnd(), StringComparison.Ordinal);
        Assert.Single(await Mailbox.OfAsync(stack, customer.Subject));
        var product = Guid.Parse(output.Split("product ")[^1][..36]);
        await Eventually.TrueAsync(
            async () => (await seller.GetFromApiAsync($"products/{product}")).Status == HttpStatusCode.Gone,
            TimeSpan.FromSeconds(60),
            () => $"product {product} is still on sale");
    }

    [Fact]
    public async Task Smoke_test_without_a_token_asks_for_one()
    {
        var (exitCode, output) = await RunAsync("smoke");

        Assert.True(exitCode == 2, output);
        Assert.Contains("give the access token of one with --token", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var cloudFormation = new HttpListener();
        var url = $"http://127.0.0.1:{FreePort()}/";
        cloudFormation.Prefixes.Add(url);
        cloudFormation.Start();
        var answering = AnswerAsync(cloudFormation);

        var ended = await Operator.RunDeployedAsync("here", new Dictionary<string, string>
        {
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_ENDPOINT_URL_CLOUDFORMATION"] = url,
            ["AWS_ENDPOINT_URL_DYNAMODB"] = stack.Endpoint("dynamodb").ToString(),
            ["AWS_ENDPOINT_URL_KINESIS"] = stack.Endpoint("kinesis").ToString(),
            ["AWS_ENDPOINT_URL_SQS"] = stack.Endpoint("sqs").ToString(),
        }, [.. arguments, "--clickhouse", $"{stack.Url("clickhouse").Host}:{stack.Url("clickhouse").Port}"]);
        cloudFormation.Stop();
        await answering;
        return ended;
    }

    private async Task AnswerAsync(HttpListener listener)
    {
        while (listener.IsListening)
        {
            try
            {
                var request = await listener.GetContextAsync();
                using var reader = new StreamReader(request.Request.InputStream);
                var asked = WebUtility.UrlDecode(await reader.ReadToEndAsync());
                await using var answer = request.Response.OutputStream;
                await answer.WriteAsync(Encoding.UTF8.GetBytes(Describe(asked.Contains("=shop-here-data", StringComparison.Ordinal) ? DataOutputs() : ServiceOutputs())));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException && !listener.IsListening)
            {
                return;
            }
        }
    }

    private Dictionary<string, string> DataOutputs()
    {
        var outputs = ShopTopology.Tables.ToDictionary(DeployedShop.TableName, table => table.Name);
        outputs[DeployedShop.CommandStream] = ShopTopology.Commands.Name;
        // Nobody listens there: it is reached as through a tunnel.
        var login = stack.Url("clickhouse").UserInfo.Split(':');
        outputs[DeployedShop.ClickHouse] = $"Host=127.0.0.1;Port=9;Username={login[0]};Password={login[1]};Database=shop";
        outputs[DeployedShop.ClickHouseSecretArn] = "";
        outputs[DeployedShop.ClickHouseReplicated] = "false";
        // To verify opens nothing that is sealed.
        outputs[DeployedShop.MasterKeyArn] = "arn:aws:kms:us-east-1:111122223333:key/none";
        return outputs;
    }

    private Dictionary<string, string> ServiceOutputs()
    {
        var outputs = ShopTopology.Queues
            .SelectMany(queue => new[] { queue.Name, queue.DeadLettersName })
            .ToDictionary(DeployedShop.QueueUrl, queue => new Uri(stack.Endpoint("sqs"), $"000000000000/{queue}").ToString());
        outputs[DeployedShop.EdgeUrl] = stack.Edge.ToString();
        return outputs;
    }

    private static string Describe(Dictionary<string, string> outputs) =>
        $"<DescribeStacksResponse><DescribeStacksResult><Stacks><member><Outputs>{string.Concat(outputs.Select(output => $"<member><OutputKey>{output.Key}</OutputKey><OutputValue>{WebUtility.HtmlEncode(output.Value)}</OutputValue></member>"))}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>";

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
