using System.Net;
using System.Net.Sockets;
using System.Text;
using ServerlessCqrs.LocalRuntime.Vault;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// <c>DescribeStacks</c> of CloudFormation. It describes a local stack as if it were deployed as <see cref="Name"/>.
/// </summary>
internal sealed class PlayedCloudFormation : IAsyncDisposable
{
    public const string Name = "here";

    private readonly LocalStack _stack;
    private readonly HttpListener _listener;
    private readonly Task _answering;

    public PlayedCloudFormation(LocalStack stack)
    {
        _stack = stack;
        Url = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener = new HttpListener();
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _answering = AnswerAsync();
    }

    public Uri Url { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _answering;
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var request = await _listener.GetContextAsync();
                using var reader = new StreamReader(request.Request.InputStream);
                var asked = WebUtility.UrlDecode(await reader.ReadToEndAsync());
                await using var answer = request.Response.OutputStream;
                await answer.WriteAsync(Encoding.UTF8.GetBytes(Describe(asked.Contains($"={ShopTopology.All.DataStack(Name)}", StringComparison.Ordinal) ? DataOutputs() : ServiceOutputs())));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException && !_listener.IsListening)
            {
                return;
            }
        }
    }

    private Dictionary<string, string> DataOutputs()
    {
        var outputs = ShopTopology.Tables.ToDictionary(DeployedNames.TableName, table => table.Name);
        outputs[DeployedNames.CommandStream] = ShopTopology.Commands.Name;
        // Nobody listens at this address, because the Operator connects through a tunnel.
        outputs[DeployedNames.ClickHouse] = $"Host=127.0.0.1;Port=9;Username={_stack.Url("clickhouse").UserInfo.Split(':')[0]};Database=shop";
        outputs[DeployedNames.ClickHouseSecretArn] = VaultServer.SecretArn(VaultServer.ClickHouseSecret);
        outputs[DeployedNames.ClickHouseReplicated] = "false";
        outputs[DeployedNames.MasterKeyArn] = VaultServer.MasterKeyArn;
        return outputs;
    }

    private Dictionary<string, string> ServiceOutputs()
    {
        var outputs = ShopTopology.Queues
            .SelectMany(queue => new[] { queue.Name, queue.DeadLettersName })
            .ToDictionary(DeployedNames.QueueUrl, queue => new Uri(_stack.Endpoint("sqs"), $"000000000000/{queue}").ToString());
        outputs[DeployedNames.EdgeUrl] = _stack.Edge.ToString();
        return outputs;
    }

    private static string Describe(Dictionary<string, string> outputs) =>
        $"<DescribeStacksResponse><DescribeStacksResult><Stacks><member><Outputs>{string.Concat(outputs.Select(output => $"<member><OutputKey>{output.Key}</OutputKey><OutputValue>{WebUtility.HtmlEncode(output.Value)}</OutputValue></member>"))}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
