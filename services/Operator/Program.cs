using ServerlessCqrs.Operating;
using ServerlessCqrs.Operator;

return await OperatorProgram.RunAsync(args, ShopOperator.System);
