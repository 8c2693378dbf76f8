using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;

namespace ServerlessCqrs.Operating.Stacks;

/// <summary>The outputs of one CloudFormation stack.</summary>
internal sealed class StackOutputs
{
    private readonly string _stack;
    private readonly Dictionary<string, string> _outputs;

    private StackOutputs(string stack, Dictionary<string, string> outputs) => (_stack, _outputs) = (stack, outputs);

    /// <exception cref="OperatorException">The stack has no such output.</exception>
    public string this[string output] => _outputs.GetValueOrDefault(output)
        ?? throw new OperatorException($"The stack {_stack} has no output {output}, so other code deployed it. Deploy this code, or use the Operator of that code.");

    /// <exception cref="OperatorException">The stack does not exist, or the caller may not see it.</exception>
    public static async Task<StackOutputs> ReadAsync(IAmazonCloudFormation cloudFormation, string environment, string stack, CancellationToken ct)
    {
        try
        {
            var found = (await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest { StackName = stack }, ct)).Stacks?.SingleOrDefault();
            return new StackOutputs(stack, (found?.Outputs ?? []).ToDictionary(output => output.OutputKey!, output => output.OutputValue!));
        }
        catch (AmazonCloudFormationException e) when (e.ErrorCode == "ValidationError")
        {
            throw new OperatorException($"Stack {stack} not found in this account and region. Deploy it with npx cdk deploy --all -c environment={environment}, or name another environment with --stack.", e);
        }
        catch (AmazonServiceException e)
        {
            throw new OperatorException($"CloudFormation does not describe {stack}: {e.Message} ({e.ErrorCode})", e);
        }
    }
}
