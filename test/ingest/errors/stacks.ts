/** One error as it was thrown, thrown again after a deploy, and thrown from another place. */
export type StackCase = { language: string; one: string; later: string; other: string; culprit: string };

export const stacks: readonly StackCase[] = [
  {
    language: 'Node on Lambda',
    culprit: 'stock.js Stock.reserve',
    one: `TypeError: boom
    at Stock.reserve (/var/task/src/stock.js:88:13)
    at async Object.handler [as run] (/var/task/src/index.js:10:3)
    at async Runtime.handleOnce (file:///var/runtime/index.mjs:1205:29)`,
    later: `TypeError: boom
    at Stock.reserve (/var/task/src/stock.js:91:2)
    at fastify (/var/task/node_modules/fastify/lib/route.js:4:2)
    at async handler (/var/task/src/index.js:14:3)
    at async Runtime.handleOnceStreaming (file:///var/runtime/index.mjs:1301:2)`,
    other: `TypeError: boom
    at Stock.release (/var/task/src/stock.js:88:13)
    at async Object.handler [as run] (/var/task/src/index.js:10:3)`,
  },
  {
    language: 'Node bundled with hashes',
    culprit: 'checkout.js handler',
    one: `TypeError: boom
    at r.handler (/vercel/path0/.next/server/chunks/checkout.3f2a9c1b.js:1:4021)
    at nX (/vercel/path0/.next/server/chunks/482.js:1:88)`,
    later: `TypeError: boom
    at handler2 (/vercel/path1/.next/server/chunks/checkout.77ab01dd.js:1:9001)
    at qq (/vercel/path1/.next/server/chunks/519.js:1:2)`,
    other: `TypeError: boom
    at r.handler (/vercel/path0/.next/server/chunks/refund.3f2a9c1b.js:1:4021)
    at nX (/vercel/path0/.next/server/chunks/482.js:1:88)`,
  },
  {
    language: 'Node on Windows',
    culprit: 'hello.js load',
    one: `TypeError: boom
    at load (C:\\home\\site\\wwwroot\\dist\\functions\\hello.js:5:1)
    at D:\\a\\1\\s\\functions\\main.js:3:3`,
    later: `TypeError: boom
    at load (C:\\home\\site\\wwwroot\\functions\\hello.js:7:1)
    at D:\\a\\2\\s\\functions\\main.js:30:3`,
    other: `TypeError: boom
    at store (C:\\home\\site\\wwwroot\\dist\\functions\\hello.js:5:1)`,
  },
  {
    language: 'Python',
    culprit: 'store.py load',
    one: `Traceback (most recent call last):
  File "/var/task/app.py", line 10, in handler
    return load(event)
  File "/var/task/shop/store.py", line 44, in load
    return client.get(key)
  File "/var/task/boto3/site-packages/botocore/client.py", line 508, in _api_call
    raise error
TypeError: boom`,
    later: `Traceback (most recent call last):
  File "/var/lang/lib/python3.13/bootstrap.py", line 1, in run
    x
  File "/var/task/app.py", line 12, in handler
    return load(event, 2)
  File "/var/task/shop/store.py", line 51, in load
    return client.get(key)
TypeError: boom`,
    other: `Traceback (most recent call last):
  File "/var/task/app.py", line 10, in handler
    return save(event)
  File "/var/task/shop/store.py", line 61, in save
    raise TypeError
TypeError: boom`,
  },
  {
    language: 'Java',
    culprit: 'OrderService place',
    one: `java.lang.TypeError: boom
\tat com.acme.shop.OrderService.lambda$place$0(OrderService.java:41)
\tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
\tat com.acme.shop.Handler$$EnhancerBySpringCGLIB$$1a2b3c4d.handle(<generated>)
\tat com.acme.shop.Handler.handle(Handler.java:20)
Caused by: java.io.IOException: broken
\tat com.acme.net.Wire.read(Wire.java:7)`,
    later: `java.lang.TypeError: boom
\tat com.acme.shop.OrderService.lambda$place$3(OrderService.java:52)
\tat java.base/java.util.stream.ReferencePipeline.forEach(ReferencePipeline.java:1)
\tat com.acme.shop.Handler.handle(Handler.java:22)
Caused by: java.io.IOException: broken
\tat com.acme.net.Wire.write(Wire.java:9)`,
    other: `java.lang.TypeError: boom
\tat com.acme.shop.OrderService.cancel(OrderService.java:41)
\tat com.acme.shop.Handler.handle(Handler.java:20)`,
  },
  {
    language: 'Go',
    culprit: 'store.go store.(*Store).Get',
    one: `goroutine 1 [running]:
runtime/debug.Stack()
\t/usr/local/go/src/runtime/debug/stack.go:24 +0x5e
github.com/acme/shop/store.(*Store).Get(0xc000012345, {0x1, 0x2})
\t/build/7f3a9c1/store/store.go:33 +0x1d
main.handler.func1(...)
\t/build/7f3a9c1/main.go:14
github.com/aws/aws-lambda-go@v1.47.0/lambda.Start(0x1)
\t/go/pkg/mod/github.com/aws/aws-lambda-go@v1.47.0/lambda/entry.go:10 +0x2`,
    later: `goroutine 17 [running]:
github.com/acme/shop/store.(*Store).Get(0xc0000fffff, {0x9, 0x2})
\t/build/99aa01b/store/store.go:35 +0x2f
main.handler.func2(...)
\t/build/99aa01b/main.go:19`,
    other: `goroutine 1 [running]:
github.com/acme/shop/store.(*Store).Put(0xc000012345)
\t/build/7f3a9c1/store/store.go:33 +0x1d`,
  },
  {
    language: '.NET',
    culprit: 'Orders Place',
    one: `System.TypeError: boom
   at Acme.Shop.Orders.<Place>d__12.MoveNext() in C:\\src\\Orders.cs:line 40
--- End of stack trace from previous location ---
   at System.Runtime.CompilerServices.TaskAwaiter.ThrowForNonSuccess(Task task)
   at Acme.Shop.Function.<>c__DisplayClass4_0.<Handle>b__0(String id) in C:\\src\\Function.cs:line 9`,
    later: `System.TypeError: boom
   at Acme.Shop.Orders.<Place>d__14.MoveNext() in /build/src/Orders.cs:line 44
   at Acme.Shop.Function.<>c__DisplayClass7_0.<Handle>b__2(String id)`,
    other: `System.TypeError: boom
   at Acme.Shop.Orders.Cancel(String id) in C:\\src\\Orders.cs:line 40`,
  },
  {
    language: 'Ruby',
    culprit: 'app.rb handler',
    one: `/var/task/app.rb:10:in 'Orders#handler'
/var/task/vendor/bundle/ruby/3.3.0/gems/aws-sdk-core-3.1/lib/x.rb:3:in 'call'
/var/task/main.rb:4:in 'run'`,
    later: `/var/task/app.rb:14:in \`block in handler'
/var/task/main.rb:9:in \`run'`,
    other: `/var/task/app.rb:10:in 'Orders#cancel'
/var/task/main.rb:4:in 'run'`,
  },
];
