using GraphQL;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.Graph;

/// <summary>A problem of one field. Its <c>code</c> is that of the problem document that REST would return.</summary>
public sealed class ProblemError : ExecutionError
{
    public ProblemError(Problem problem)
        : base(problem.Detail)
    {
        Code = problem.Code;
    }
}
