using ServerlessCqrs.Calls;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>A right that something needs.</summary>
/// <param name="Why">The call, or what Lambda does in the program's name.</param>
public sealed record Need(
    string Program,
    string Action,
    string Resource,
    string Why)
{
    public override string ToString() => $"{Program} {Action} {Resource}";

    /// <summary>The rights that recorded calls need on these templates, and Lambda in the name of each function.</summary>
    public static IReadOnlyList<Need> All(Cloud cloud, IEnumerable<Call> calls) =>
        [.. calls.SelectMany(call => Of(cloud, call)), .. cloud.Of("AWS::Lambda::Function").SelectMany(function => OfLambda(cloud, function))];

    /// <summary>The rights whose calls the journeys cannot show.</summary>
    public static IEnumerable<Need> Stated(Cloud cloud) =>
        from reason in StatedReasons.All
        from resource in CalledResource.Of(cloud, reason.Program, reason.Resource)
        select new Need(reason.Program, reason.Action, resource, reason.Reason);

    private static IEnumerable<Need> Of(Cloud cloud, Call call)
    {
        var (program, action, called) = CallRights.RightOf(call);
        foreach (var resource in CalledResource.Of(cloud, program, called))
        {
            yield return new Need(program, action, resource, call.Operation);
            foreach (var (key, actions) in CalledResource.KeyOf(cloud, resource))
                foreach (var use in actions(action)) yield return new Need(program, use, key, $"{call.Operation}, encrypted");
        }
    }

    private static IEnumerable<Need> OfLambda(Cloud cloud, Resource function)
    {
        if (cloud.Target(function, "Role") is not { } role) yield break;
        var program = GrantedRights.ProgramOf(role.Path);

        // Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs".
        if (cloud.Target(function.Stack, function["LoggingConfig"]?["LogGroup"]) is { } logs)
            foreach (var action in new[] { "logs:CreateLogStream", "logs:PutLogEvents" })
                yield return new Need(program, action, $"${{{logs.Path}.Arn}}", "Lambda writes the log");
        // Lambda Developer Guide, "Visualize Lambda function invocations using AWS X-Ray".
        if (function["TracingConfig"]?["Mode"]?.ToString() == "Active")
            foreach (var action in new[] { "xray:PutTelemetryRecords", "xray:PutTraceSegments" })
                yield return new Need(program, action, "*", "Lambda writes traces");
        // Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC", "Required IAM permissions".
        if (function["VpcConfig"] is not null)
            foreach (var action in new[]
                {
                    "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
                    "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
                })
                yield return new Need(program, action, "*", "Lambda joins the network");
        foreach (var mapping in cloud.Of("AWS::Lambda::EventSourceMapping").Where(one => cloud.Target(one, "FunctionName") == function))
        {
            var source = cloud.Tell(mapping, "EventSourceArn");
            foreach (var action in Polling(cloud.Target(mapping, "EventSourceArn")!.Type))
            {
                yield return new Need(program, action, source, "Lambda polls");
                foreach (var (key, actions) in CalledResource.KeyOf(cloud, source))
                    foreach (var use in actions(action)) yield return new Need(program, use, key, "Lambda polls, encrypted");
            }
        }
    }

    private static string[] Polling(string source) => source switch
    {
        // Lambda Developer Guide, "Process Amazon Kinesis Data Streams records with Lambda".
        "AWS::Kinesis::Stream" =>
        [
            "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords",
            "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:SubscribeToShard",
        ],
        // SQS Developer Guide, "Configuring an Amazon SQS queue to trigger an AWS Lambda function".
        "AWS::SQS::Queue" => ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
        _ => throw new NotSupportedException(source),
    };
}
