using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;

namespace ServerlessCqrs.Operator.Specs.Stacks;

/// <summary>Stacks with their outputs. For an unknown stack it responds like AWS.</summary>
internal sealed class FakeCloudFormation : IAmazonCloudFormation
{
    public Dictionary<string, Dictionary<string, string>> Stacks { get; } = [];

    /// <summary>The exception to throw instead.</summary>
    public Exception? Failure { get; set; }

    public IClientConfig Config => throw new NotSupportedException();

    public Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default)
    {
        if (Failure is not null) throw Failure;
        if (!Stacks.TryGetValue(request.StackName!, out var outputs))
            throw new AmazonCloudFormationException($"Stack with id {request.StackName} does not exist", null, ErrorType.Sender, "ValidationError", "r-1", System.Net.HttpStatusCode.BadRequest);
        var stack = new Stack { StackName = request.StackName, Outputs = [.. outputs.Select(output => new Output { OutputKey = output.Key, OutputValue = output.Value })] };
        return Task.FromResult(new DescribeStacksResponse { Stacks = [stack] });
    }

    public void Dispose()
    {
    }
}
